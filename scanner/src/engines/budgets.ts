import { SECOND_MS } from '@guardimesh/contracts'

/** How much of the node engines may use. */
export interface BudgetLimits {
  /** Files that engines look at, at the same time. */
  readonly concurrentScans: number
  /** Bytes given to engines per second; 0 for no limit. */
  readonly bytesPerSecond: number
}

interface WaitingScan {
  start(): void
}

/**
 * Lets files through to the engines, in order, as the limits allow. Bytes are a token bucket that holds one second's worth and may go into
 * debt, so that a file larger than that passes too and the ones behind it wait longer.
 */
export class Budgets {
  readonly #nowMs: () => number
  readonly #queue: WaitingScan[] = []
  /** Who waits until nobody else does. */
  readonly #patient: WaitingScan[] = []
  #limits: BudgetLimits
  #active = 0
  #tokens: number
  #filledAtMs: number
  #timer: NodeJS.Timeout | undefined

  /** @param nowMs a clock that never goes back. */
  constructor(limits: BudgetLimits, nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs
    this.#limits = limits
    this.#tokens = limits.bytesPerSecond
    this.#filledAtMs = nowMs()
  }

  /** Files that wait. */
  get queueLength(): number {
    return this.#queue.length
  }

  /** Changes the limits; files under way are not stopped. */
  set(limits: BudgetLimits): void {
    this.#refill()
    this.#limits = limits
    this.#tokens = Math.min(this.#tokens, limits.bytesPerSecond)
    this.#letThrough()
  }

  /**
   * Waits for a place.
   *
   * @param isPatient lets everybody go first who is not, whoever came sooner.
   * @returns gives the place back when disposed.
   * @throws the signal's reason when it is aborted first.
   */
  async acquire(sizeBytes: number, signal: AbortSignal, isPatient = false): Promise<Disposable> {
    signal.throwIfAborted()
    const queue = isPatient ? this.#patient : this.#queue
    if (queue.length + this.#queue.length === 0 && this.#hasRoom()) return this.#admit(sizeBytes)
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
      this.#letThrough()
    })
  }

  #hasRoom(): boolean {
    this.#refill()
    return this.#active < this.#limits.concurrentScans && this.#waitMs() === 0
  }

  #admit(sizeBytes: number): Disposable {
    if (this.#limits.bytesPerSecond > 0) this.#tokens -= sizeBytes
    this.#active += 1
    let held = true
    return {
      [Symbol.dispose]: () => {
        if (held) this.#active -= 1
        held = false
        this.#letThrough()
      },
    }
  }

  #letThrough(): void {
    clearTimeout(this.#timer)
    this.#refill()
    while (this.#queue.length + this.#patient.length > 0 && this.#active < this.#limits.concurrentScans) {
      const waitMs = this.#waitMs()
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#letThrough(), waitMs)
        return
      }
      const next = this.#queue.shift() ?? this.#patient.shift()
      next?.start()
    }
  }

  /** Milliseconds until the bucket is out of debt. */
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
