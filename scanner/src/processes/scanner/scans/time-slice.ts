import { setImmediate as nextTurn } from 'node:timers/promises'

/** Time that a synchronous walk may block the event loop. */
const SLICE_MS = 4

/** Divides a synchronous walk into slices, so that file events are read in between. */
export class TimeSlice {
  #endsAtMs = performance.now() + SLICE_MS

  get isOver(): boolean {
    return performance.now() >= this.#endsAtMs
  }

  /** Lets other work run and starts the next slice. @throws the signal's reason. */
  async next(signal: AbortSignal): Promise<void> {
    await yieldToEventLoop(signal)
    this.#endsAtMs = performance.now() + SLICE_MS
  }
}

/** Lets other work run. @throws the signal's reason. */
export async function yieldToEventLoop(signal: AbortSignal): Promise<void> {
  await nextTurn()
  signal.throwIfAborted()
}
