import { SECOND_MS } from '@guardimesh/contracts/units'
import type { FileEvent } from '../node/fanotify-event.js'
import type { ProcessFacts } from './found-file.js'

/** A file without further events for some time. The consumer calls `event.close()` once. */
export interface SettledEvent<Origin> {
  readonly event: FileEvent
  /** As passed to `push` with the last event of the file. */
  readonly origin: Origin
  readonly written: boolean
  readonly executed: boolean
  /** The process of the first event, if it still existed at that time. */
  readonly process: ProcessFacts | undefined
}

export interface FileEventDebouncerOptions<Origin> {
  readonly onSettled: (settled: SettledEvent<Origin>) => void
  readonly readProcess: (pid: number, program?: Buffer) => ProcessFacts | undefined
  /** Maximum number of pending files, each with an open descriptor. When exceeded, the oldest are emitted early. */
  readonly maxWaiting: number
}

interface PendingFile<Origin> {
  settled: SettledEvent<Origin>
  readonly sinceMs: number
  /** Earliest time of the next emission after a recent one. */
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
 * Time without events after which a file is emitted. Short enough to be unnoticeable, long enough for a program that writes a file in several
 * writes, and for the next write to have another ctime.
 */
const QUIET_MS = 12
/** Maximum delay of a file with continuous events. */
const MAX_WAIT_MS = 250
/** Pause after an emission, doubled while the file is continuously written, so that a log file is scanned once per second. */
const FIRST_PAUSE_MS = 60
const MAX_PAUSE_MS = SECOND_MS
/** Time without writes after the pause, after which the next write is emitted without a pause again. */
const IDLE_MS = SECOND_MS
/** Resolution of the one timer for all files. */
const TIMER_MS = 5
/** Maximum number of remembered emissions. */
const MAX_EMISSIONS = 10_000
/** Reading a process takes 0.1 ms: reads are limited per second, and a process that writes many files is read once per interval. */
const PROCESS_READS_PER_SECOND = 200
const SAME_PROCESS_MS = 250

/**
 * Combines many events of one file into one scan, and keeps at most one of its descriptors. Emits the first write after an idle period without a
 * pause and always emits the last write; in between, a continuously written file is emitted once per second. Executions are never paused.
 * `Origin` is what the caller knows about an event, and gets back with the settled one.
 */
export class FileEventDebouncer<Origin> implements Disposable {
  readonly #options: FileEventDebouncerOptions<Origin>
  readonly #pending = new Map<string, PendingFile<Origin>>()
  readonly #emissions = new Map<string, Emission>()
  readonly #processes = new Map<number, CachedProcess>()
  #timer: NodeJS.Timeout | undefined
  #timerAtMs = Number.POSITIVE_INFINITY
  #readsLeft = PROCESS_READS_PER_SECOND
  #readsSinceMs = 0

  constructor(options: FileEventDebouncerOptions<Origin>) {
    this.#options = options
  }

  /** Adds an event and takes ownership of its descriptor. */
  push(event: FileEvent, origin: Origin): void {
    this.#add(event, origin, performance.now())
    if (this.#pending.size <= this.#options.maxWaiting) return
    for (const [key, waiting] of this.#pending) {
      if (this.#pending.size <= this.#options.maxWaiting) break
      this.#emit(key, waiting, performance.now())
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    for (const { settled } of this.#pending.values()) settled.event.close()
    this.#pending.clear()
  }

  #add(event: FileEvent, origin: Origin, nowMs: number): void {
    // By file, not by name: two consecutive files with the same name are both scanned.
    const key = `${event.device} ${event.mountId} ${event.identity.device} ${event.identity.inode}`
    const known = this.#pending.get(key)
    const process = !known || event.kind === 'executed' ? this.#readProcess(event, nowMs) : undefined
    known?.settled.event.close()
    const settled = {
      event,
      origin,
      written: event.kind !== 'executed' || known?.settled.written === true,
      executed: event.kind === 'executed' || known?.settled.executed === true,
      process: known ? known.settled.process : process,
    }
    const waiting = known ?? { settled, sinceMs: nowMs, notBeforeMs: this.#notBeforeMs(key), dueAtMs: 0 }
    waiting.settled = settled
    const atRestMs = Math.min(nowMs + QUIET_MS, waiting.sinceMs + MAX_WAIT_MS)
    waiting.dueAtMs = settled.executed ? atRestMs : Math.max(atRestMs, waiting.notBeforeMs)
    this.#pending.set(key, waiting)
    this.#wakeAt(waiting.dueAtMs, nowMs)
  }

  #notBeforeMs(key: string): number {
    const emission = this.#emissions.get(key)
    return emission ? emission.atMs + emission.pauseMs : 0
  }

  #wakeAt(atMs: number, nowMs: number): void {
    if (atMs >= this.#timerAtMs) return
    clearTimeout(this.#timer)
    this.#timerAtMs = Math.max(atMs, nowMs + TIMER_MS)
    this.#timer = setTimeout(() => this.#emitDue(), this.#timerAtMs - nowMs)
  }

  #emitDue(): void {
    const nowMs = performance.now()
    this.#timerAtMs = Number.POSITIVE_INFINITY
    let nextMs = Number.POSITIVE_INFINITY
    for (const [key, waiting] of this.#pending)
      if (waiting.dueAtMs <= nowMs) this.#emit(key, waiting, nowMs)
      else nextMs = Math.min(nextMs, waiting.dueAtMs)
    if (nextMs < Number.POSITIVE_INFINITY) this.#wakeAt(nextMs, nowMs)
  }

  #emit(key: string, { settled }: PendingFile<Origin>, nowMs: number): void {
    this.#pending.delete(key)
    if (settled.written) this.#recordEmission(key, nowMs)
    this.#options.onSettled(settled)
  }

  #recordEmission(key: string, nowMs: number): void {
    const before = this.#emissions.get(key)
    const isContinuous = before !== undefined && nowMs - before.atMs < before.pauseMs + IDLE_MS
    // Reinserted at the end: the map is ordered by time.
    this.#emissions.delete(key)
    this.#emissions.set(key, { atMs: nowMs, pauseMs: isContinuous ? Math.min(MAX_PAUSE_MS, 2 * before.pauseMs) : FIRST_PAUSE_MS })
    for (const [oldest, { atMs }] of this.#emissions) {
      if (this.#emissions.size <= MAX_EMISSIONS && nowMs - atMs < MAX_PAUSE_MS + IDLE_MS) break
      this.#emissions.delete(oldest)
    }
  }

  #readProcess(event: FileEvent, nowMs: number): ProcessFacts | undefined {
    if (nowMs - this.#readsSinceMs >= SECOND_MS) {
      this.#readsSinceMs = nowMs
      this.#readsLeft = PROCESS_READS_PER_SECOND
      this.#processes.clear()
    }
    const { pid, kind } = event
    const seen = this.#processes.get(pid)
    if (kind !== 'executed' && seen && nowMs - seen.atMs < SAME_PROCESS_MS) return seen.facts
    // The executing process becomes another program immediately afterwards.
    if (kind === 'executed') this.#processes.delete(pid)
    if (pid === 0 || this.#readsLeft <= 0) return undefined
    this.#readsLeft -= 1
    const facts = this.#options.readProcess(pid, kind === 'executed' ? event.path : undefined)
    if (kind !== 'executed') this.#processes.set(pid, { facts, atMs: nowMs })
    return facts
  }
}
