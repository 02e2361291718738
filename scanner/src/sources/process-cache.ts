import { SECOND_MS } from '@guardimesh/contracts/units'
import { LRUCache } from 'lru-cache'
import { isRuntimeProgram } from '../node/runtime-program.js'
import type { ProcessFacts } from './found-file.js'

const MAX_PROCESSES = 2000
/** Long enough for a program that ends after it wrote a file; too short for the kernel to reuse its id. */
const TTL_MS = 10 * SECOND_MS
/** A program replaces the runtime's starter within a fraction of a millisecond; a read takes 0.1 ms. On a busy node, it takes longer. */
const MAX_STARTER_READS = 20

/**
 * Caches processes, including those that have just ended. A shell that writes one file ends before the file is scanned, but was cached at its
 * execution, which also causes an event.
 */
export class ProcessCache {
  readonly #read: (pid: number) => ProcessFacts | undefined
  readonly #schedule: (retry: () => void) => void
  readonly #seen = new LRUCache<number, ProcessFacts>({ max: MAX_PROCESSES, ttl: TTL_MS })

  constructor(read: (pid: number) => ProcessFacts | undefined, schedule: (retry: () => void) => void = setImmediate) {
    this.#read = read
    this.#schedule = schedule
  }

  /**
   * Reads the process, or returns its last known state; undefined when it was never read while alive.
   *
   * @param program program of an execution event. The event precedes the execution, so a process that enters a container is still the runtime's
   *   starter then.
   */
  find(pid: number, program?: Uint8Array): ProcessFacts | undefined {
    const now = this.#read(pid)
    const before = this.#seen.get(pid)
    const isSame = now !== undefined && before?.startedAtMs === now.startedAtMs
    // An ending process has neither program nor command line.
    if (!now || (now.exe.length === 0 && isSame)) return before
    if (isStarter(now) && isSame) return before
    if (!program || (!isStarter(now) && now.exe.length > 0)) return this.#store(now)
    if (isStarter(now)) this.#schedule(() => this.#retryRead(pid, MAX_STARTER_READS))
    return this.#store({ ...now, exe: program, commandLine: Buffer.alloc(0) })
  }

  /** Stores a process that has just replaced the runtime's starter by the container's program. */
  remember(facts: ProcessFacts): void {
    this.#store(facts)
  }

  #store(facts: ProcessFacts): ProcessFacts {
    this.#seen.set(facts.pid, facts)
    return facts
  }

  /** The command line is available only once the program runs, which may be for a millisecond only. */
  #retryRead(pid: number, readsLeft: number): void {
    const now = this.#read(pid)
    if (!now || now.exe.length === 0 || readsLeft === 0) return
    if (isStarter(now)) this.#schedule(() => this.#retryRead(pid, readsLeft - 1))
    else this.#store(now)
  }
}

const isStarter = ({ exe }: ProcessFacts) => isRuntimeProgram(exe)
