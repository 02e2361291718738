import type { Verdict } from './engine.js'

/** Contents that are remembered, about 15 MB; those beyond are looked at each time. */
const MAX_CONTENTS = 100_000

/** What the engines said since somebody asked to look again at what is known: one look at each content is enough then too. */
export class RescanVerdicts {
  readonly #verdicts = new Map<string, Verdict>()
  #generation: string | undefined

  /** @param generation signatures in force now: verdicts of others fall. */
  get(contentKey: string, generation: string | undefined): Verdict | undefined {
    return generation === this.#generation ? this.#verdicts.get(contentKey) : undefined
  }

  /** @param verdict one that lasts. */
  add(contentKey: string, verdict: Verdict, generation: string | undefined): void {
    if (generation !== this.#generation) this.#verdicts.clear()
    this.#generation = generation
    if (this.#verdicts.size < MAX_CONTENTS) this.#verdicts.set(contentKey, verdict)
  }
}
