import { SECOND_MS } from '@guardimesh/contracts/units'

/** Limits for the node's resources that engines use. */
export interface BudgetLimits {
  /** Maximum number of concurrent scans. */
  readonly concurrentScans: number
  /** Maximum bytes per second that engines scan; 0 for no limit. */
  readonly bytesPerSecond: number
}

interface WaitingScan {
  start(): void
}

/**
 * Admits files to the engines in order, within the limits. The byte limit is a token bucket with a capacity of one second. It may go negative,
 * so that larger files are admitted as well and the following ones wait longer.
 */
export class Budgets {
  readonly #nowMs: () => number
  readonly #queue: WaitingScan[] = []
  /** Admitted only while `#queue` is empty. */
  readonly #backgroundQueue: WaitingScan[] = []
  #limits: BudgetLimits
  #active = 0
  #tokens: number
  #filledAtMs: number
  #timer: NodeJS.Timeout | undefined

  /** @param nowMs a monotonic clock. */
  constructor(limits: BudgetLimits, nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs
    this.#limits = limits
    this.#tokens = limits.bytesPerSecond
    this.#filledAtMs = nowMs()
  }

  /** Number of waiting files. */
  get queueLength(): number {
    return this.#queue.length
  }

  /** Changes the limits. Scans in progress continue. */
  set(limits: BudgetLimits): void {
    this.#refill()
    this.#limits = limits
    this.#tokens = Math.min(this.#tokens, limits.bytesPerSecond)
    this.#admitWaiting()
  }

  /**
   * Waits for admission.
   *
   * @param isBackground yields to all callers without it, even later ones.
   * @returns a slot that must be disposed after the work.
   * @throws the signal's reason when it is aborted first.
   */
  async acquire(sizeBytes: number, signal: AbortSignal, isBackground = false): Promise<Disposable> {
    signal.throwIfAborted()
    const queue = isBackground ? this.#backgroundQueue : this.#queue
    if (queue.length + this.#queue.length === 0 && this.#hasCapacity()) return this.#admit(sizeBytes)
    return new Promise((resolve, reject) => {
      const waiting: WaitingScan = {
        start: () => {
          signal.removeEventListener('abort', onAbort)
          resolve(this.#admit(sizeBytes))
        },
      }
      const onAbort = () => {
        queue.splice(queue.indexOf(waiting), 1)
        reject(signal.reason)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      queue.push(waiting)
      this.#admitWaiting()
    })
  }

  #hasCapacity(): boolean {
    this.#refill()
    return this.#active < this.#limits.concurrentScans && this.#waitMs() === 0
  }

  #admit(sizeBytes: number): Disposable {
    if (this.#limits.bytesPerSecond > 0) this.#tokens -= sizeBytes
    this.#active += 1
    let isHeld = true
    return {
      [Symbol.dispose]: () => {
        if (isHeld) this.#active -= 1
        isHeld = false
        this.#admitWaiting()
      },
    }
  }

  #admitWaiting(): void {
    clearTimeout(this.#timer)
    this.#refill()
    while (this.#queue.length + this.#backgroundQueue.length > 0 && this.#active < this.#limits.concurrentScans) {
      const waitMs = this.#waitMs()
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#admitWaiting(), waitMs)
        return
      }
      const next = this.#queue.shift() ?? this.#backgroundQueue.shift()
      next?.start()
    }
  }

  /** Milliseconds until the bucket is positive again. */
  #waitMs(): number {
    const { bytesPerSecond } = this.#limits
    if (bytesPerSecond === 0 || this.#tokens > 0) return 0
    return Math.ceil(((1 - this.#tokens) / bytesPerSecond) * SECOND_MS)
  }

  #refill(): void {
    const nowMs = this.#nowMs()
    const { bytesPerSecond } = this.#limits
    this.#tokens = Math.min(bytesPerSecond, this.#tokens + ((nowMs - this.#filledAtMs) / SECOND_MS) * bytesPerSecond)
    this.#filledAtMs = nowMs
  }
}
