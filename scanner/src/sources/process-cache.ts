import { SECOND_MS } from '@guardimesh/contracts'
import { LRUCache } from 'lru-cache'
import { isRuntimeProgram } from './entering-runtime.js'
import type { ProcessFacts } from './found-file.js'

const MAX_PROCESSES = 2000
/** Long enough for a program that ends after it wrote a file; far too short for the kernel to give its number to another one. */
const TTL_MS = 10 * SECOND_MS
/** A program takes the place of the runtime's starter within a fraction of a millisecond; one look costs a tenth. */
const MAX_STARTER_READS = 20

/**
 * Knows processes that ended a moment ago. A shell that writes one file is gone before its file comes to rest; it was seen when it
 * was started, which raises an event too.
 */
export class ProcessCache {
  readonly #read: (pid: number) => ProcessFacts | undefined
  readonly #soon: (look: () => void) => void
  readonly #seen = new LRUCache<number, ProcessFacts>({ max: MAX_PROCESSES, ttl: TTL_MS })

  constructor(read: (pid: number) => ProcessFacts | undefined, soon: (look: () => void) => void = setImmediate) {
    this.#read = read
    this.#soon = soon
  }

  /**
   * What the process is, or was when it was last looked at; undefined when it was never seen alive.
   *
   * @param program what it is about to become, when the event says so. The event comes before that is done: whoever enters a container
   *                is still the runtime's starter then, which is no answer to "who wrote this?".
   */
  find(pid: number, program?: Uint8Array): ProcessFacts | undefined {
    const now = this.#read(pid)
    const before = this.#seen.get(pid)
    const isSame = now !== undefined && before?.startedAtMs === now.startedAtMs
    // A process that is ending has no program and no command line any more.
    if (!now || (now.exe.length === 0 && isSame)) return before
    if (isStarter(now) && isSame) return before
    if (!program || (!isStarter(now) && now.exe.length > 0)) return this.#keep(now)
    if (isStarter(now)) this.#soon(() => this.#lookAgain(pid, MAX_STARTER_READS))
    return this.#keep({ ...now, exe: program, commandLine: Buffer.alloc(0) })
  }

  #keep(facts: ProcessFacts): ProcessFacts {
    this.#seen.set(facts.pid, facts)
    return facts
  }

  /** The command line is known only once the program runs, and it may run for a millisecond. */
  #lookAgain(pid: number, looksLeft: number): void {
    const now = this.#read(pid)
    if (!now || now.exe.length === 0 || looksLeft === 0) return
    if (isStarter(now)) this.#soon(() => this.#lookAgain(pid, looksLeft - 1))
    else this.#keep(now)
  }
}

const isStarter = ({ exe }: ProcessFacts) => isRuntimeProgram(exe)
