import type { IncomingFile } from './list-incoming.js'

interface Observation {
  readonly stamp: string
  readonly sinceMs: number
}

/** Detects files whose size and modification time have been unchanged for a minimum time. */
export class StableFileTracker {
  readonly #stableMs: number
  #observations = new Map<string, Observation>()

  constructor(stableMs: number) {
    this.#stableMs = stableMs
  }

  /**
   * Updates the tracker with a listing.
   *
   * @param nowMs time of a monotonic clock.
   * @returns the stable files.
   */
  update(files: readonly IncomingFile[], nowMs: number): IncomingFile[] {
    const before = this.#observations
    this.#observations = new Map(
      files.map(({ path, stamp }) => {
        const known = before.get(path)
        return [path, known?.stamp === stamp ? known : { stamp, sinceMs: nowMs }]
      }),
    )
    return files.filter(({ path }) => nowMs - (this.#observations.get(path)?.sinceMs ?? nowMs) >= this.#stableMs)
  }
}
