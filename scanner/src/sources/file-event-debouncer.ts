import { SECOND_MS } from '@guardimesh/contracts'
import type { FileEvent } from '../node/fanotify-event.js'
import type { FileStat } from '../node/file-stat.js'
import type { ProcessFacts } from './found-file.js'

/** A file that came to rest after one or many events. Whoever takes it calls `event.close()` once. */
export interface SettledEvent {
  readonly event: FileEvent
  readonly written: boolean
  readonly executed: boolean
  /** The process of the first event, if it was still there when the event came. */
  readonly process: ProcessFacts | undefined
}

export interface FileEventDebouncerOptions {
  readonly onSettled: (settled: SettledEvent) => void
  readonly readProcess: (pid: number, program?: Buffer) => ProcessFacts | undefined
  /** As many files may wait, each with an open descriptor; those that came first are given early when there are more. */
  readonly maxWaiting: number
}

interface PendingFile {
  settled: SettledEvent
  readonly sinceMs: number
  /** A file that was given a moment ago is not given again before this. */
  readonly notBeforeMs: number
  dueAtMs: number
}

interface Emission {
  readonly atMs: number
  readonly pauseMs: number
}

interface CachedProcess {
  readonly facts: ProcessFacts | undefined
  readonly atMs: number
}

/**
 * No event for this long: the file is at rest. Short enough not to be felt, long enough for a program that writes a file in several steps, and for
 * the kernel's clock to tell the next write from the last.
 */
const QUIET_MS = 12
/** A file that never rests is given all the same after this long. */
const MAX_WAIT_MS = 250
/** After a file was given it is left alone this long, twice as long each time that it goes on being written, so that a log file costs a look a second. */
const FIRST_PAUSE_MS = 60
const MAX_PAUSE_MS = SECOND_MS
/** A file that was not written for this long beyond its pause has come to rest: its next write is looked at at once again. */
const IDLE_MS = SECOND_MS
/** Timers are no more exact than this; one serves all files. */
const TIMER_MS = 5
/** Files that were given and are remembered. */
const MAX_EMISSIONS = 10_000
/** Looking up who did it costs a tenth of a millisecond: a flood of events goes without, and a process that writes many files is looked up now and then. */
const PROCESS_READS_PER_SECOND = 200
const SAME_PROCESS_MS = 250

/**
 * Makes one scan of many events of one file, and keeps at most one of its descriptors. The first write after a calm is given at once, the last write of
 * all is always given; in between a file that is written all the time is given once a second. A start of a program never waits.
 */
export class FileEventDebouncer implements Disposable {
  readonly #options: FileEventDebouncerOptions
  readonly #waiting = new Map<string, PendingFile>()
  readonly #given = new Map<string, Emission>()
  readonly #processes = new Map<number, CachedProcess>()
  #timer: NodeJS.Timeout | undefined
  #timerAtMs = Number.POSITIVE_INFINITY
  #lookUpsLeft = PROCESS_READS_PER_SECOND
  #lookUpsSinceMs = 0

  constructor(options: FileEventDebouncerOptions) {
    this.#options = options
  }

  /** Takes events over, their descriptors too. */
  push(events: readonly FileEvent[]): void {
    for (const event of events) this.#take(event, performance.now())
    for (const [key, waiting] of this.#waiting) {
      if (this.#waiting.size <= this.#options.maxWaiting) break
      this.#give(key, waiting, performance.now())
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    for (const { settled } of this.#waiting.values()) settled.event.close()
    this.#waiting.clear()
  }

  #take(event: FileEvent, nowMs: number): void {
    // By the file, not by its name: two files that had the same name one after the other are both looked at.
    const key = `${event.device} ${event.mountId} ${event.identity.device} ${event.identity.inode}`
    const kind = { written: event.kind === 'written', executed: event.kind === 'executed' }
    const known = this.#waiting.get(key)
    const process = !known || kind.executed ? this.#lookUp(event, nowMs) : undefined
    known?.settled.event.close()
    const settled = {
      event,
      written: kind.written || known?.settled.written === true,
      executed: kind.executed || known?.settled.executed === true,
      process: known ? known.settled.process : process,
    }
    const waiting = known ?? { settled, sinceMs: nowMs, notBeforeMs: this.#notBeforeMs(key), dueAtMs: 0 }
    waiting.settled = settled
    const atRestMs = Math.min(nowMs + QUIET_MS, waiting.sinceMs + MAX_WAIT_MS)
    waiting.dueAtMs = settled.executed ? atRestMs : Math.max(atRestMs, waiting.notBeforeMs)
    this.#waiting.set(key, waiting)
    this.#wakeAt(waiting.dueAtMs, nowMs)
  }

  #notBeforeMs(key: string): number {
    const given = this.#given.get(key)
    return given ? given.atMs + given.pauseMs : 0
  }

  #wakeAt(atMs: number, nowMs: number): void {
    if (atMs >= this.#timerAtMs) return
    clearTimeout(this.#timer)
    this.#timerAtMs = Math.max(atMs, nowMs + TIMER_MS)
    this.#timer = setTimeout(() => this.#giveDue(), this.#timerAtMs - nowMs)
  }

  #giveDue(): void {
    const nowMs = performance.now()
    this.#timerAtMs = Number.POSITIVE_INFINITY
    let nextMs = Number.POSITIVE_INFINITY
    for (const [key, waiting] of this.#waiting)
      if (waiting.dueAtMs <= nowMs) this.#give(key, waiting, nowMs)
      else nextMs = Math.min(nextMs, waiting.dueAtMs)
    if (nextMs < Number.POSITIVE_INFINITY) this.#wakeAt(nextMs, nowMs)
  }

  #give(key: string, { settled }: PendingFile, nowMs: number): void {
    this.#waiting.delete(key)
    if (settled.written) this.#rememberGiven(key, nowMs)
    this.#options.onSettled(settled)
  }

  #rememberGiven(key: string, nowMs: number): void {
    const before = this.#given.get(key)
    const goesOn = before !== undefined && nowMs - before.atMs < before.pauseMs + IDLE_MS
    // Behind all others: the map is in the order of time.
    this.#given.delete(key)
    this.#given.set(key, { atMs: nowMs, pauseMs: goesOn ? Math.min(MAX_PAUSE_MS, 2 * before.pauseMs) : FIRST_PAUSE_MS })
    for (const [oldest, { atMs }] of this.#given) {
      if (this.#given.size <= MAX_EMISSIONS && nowMs - atMs < MAX_PAUSE_MS + IDLE_MS) break
      this.#given.delete(oldest)
    }
  }

  #lookUp(event: FileEvent, nowMs: number): ProcessFacts | undefined {
    if (nowMs - this.#lookUpsSinceMs >= SECOND_MS) {
      this.#lookUpsSinceMs = nowMs
      this.#lookUpsLeft = PROCESS_READS_PER_SECOND
      this.#processes.clear()
    }
    const { pid, kind } = event
    const seen = this.#processes.get(pid)
    if (kind === 'written' && seen && nowMs - seen.atMs < SAME_PROCESS_MS) return seen.facts
    // What starts a program is another one right after.
    if (kind === 'executed') this.#processes.delete(pid)
    if (pid === 0 || this.#lookUpsLeft <= 0) return undefined
    this.#lookUpsLeft -= 1
    const facts = this.#options.readProcess(pid, kind === 'executed' ? event.path : undefined)
    if (kind === 'written') this.#processes.set(pid, { facts, atMs: nowMs })
    return facts
  }
}

const DELETED = Buffer.from(' (deleted)')

/**
 * A path without what the kernel puts behind the name of a file that is gone. Pure.
 *
 * @param stat looked at after the path was read.
 */
export function withoutDeletedSuffix(path: Buffer, stat: Pick<FileStat, 'linkCount'>): Buffer {
  return stat.linkCount === 0 && path.subarray(-DELETED.length).equals(DELETED) ? path.subarray(0, -DELETED.length) : path
}
