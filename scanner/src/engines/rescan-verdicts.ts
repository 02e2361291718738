import type { Verdict } from './engine.js'

/** Maximum number of stored contents, about 15 MB. Further contents are scanned each time. */
const MAX_CONTENTS = 100_000

/** Verdicts of a rescan that ignores the cache, so that equal contents are scanned once. */
export class RescanVerdicts {
  readonly #verdicts = new Map<string, Verdict>()
  #generation: string | undefined

  /** @param generation the active one; verdicts of others are not returned. */
  get(contentKey: string, generation: string | undefined): Verdict | undefined {
    return generation === this.#generation ? this.#verdicts.get(contentKey) : undefined
  }

  /** @param verdict must be lasting, see `isLasting`. */
  add(contentKey: string, verdict: Verdict, generation: string | undefined): void {
    if (generation !== this.#generation) this.#verdicts.clear()
    this.#generation = generation
    if (this.#verdicts.size < MAX_CONTENTS) this.#verdicts.set(contentKey, verdict)
  }
}
