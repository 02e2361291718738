import type { IncomingFile } from './list-incoming.js'

interface Seen {
  readonly stamp: string
  readonly sinceMs: number
}

/** Knows which files stand still: the same size and time for long enough. */
export class StableFileTracker {
  readonly #stableMs: number
  #seen = new Map<string, Seen>()

  constructor(stableMs: number) {
    this.#stableMs = stableMs
  }

  /**
   * Looks at a listing.
   *
   * @param nowMs of a clock that never jumps.
   * @returns the files that stand still.
   */
  look(files: readonly IncomingFile[], nowMs: number): IncomingFile[] {
    const before = this.#seen
    this.#seen = new Map(
      files.map(({ path, stamp }) => {
        const known = before.get(path)
        return [path, known?.stamp === stamp ? known : { stamp, sinceMs: nowMs }]
      }),
    )
    return files.filter(({ path }) => nowMs - (this.#seen.get(path)?.sinceMs ?? nowMs) >= this.#stableMs)
  }
}
