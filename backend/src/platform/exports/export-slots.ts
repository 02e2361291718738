import { GuardError } from '@guardimesh/kit'

/** Maximum concurrent exports of one process; each occupies a connection to the database. */
export const EXPORTS_MAX = 4
/** Maximum concurrent exports of one client, so that the others can export as well. */
export const EXPORTS_PER_CLIENT = 2
const RETRY_AFTER_SECONDS = 30

/** Limits the number of concurrent exports. */
export class ExportSlots {
  readonly #clients: string[] = []

  /** @returns a function that frees the slot. @throws GuardError EXPORT_LIMIT_REACHED. */
  take(client: string): () => void {
    const facts = { retryAfterSeconds: RETRY_AFTER_SECONDS }
    if (this.#clients.filter((one) => one === client).length >= EXPORTS_PER_CLIENT)
      throw new GuardError('EXPORT_LIMIT_REACHED', `you have ${EXPORTS_PER_CLIENT} exports in progress; wait until one has ended`, facts)
    if (this.#clients.length >= EXPORTS_MAX)
      throw new GuardError('EXPORT_LIMIT_REACHED', `the limit of ${EXPORTS_MAX} concurrent exports is reached; retry later`, facts)
    this.#clients.push(client)
    return () => {
      const at = this.#clients.indexOf(client)
      if (at >= 0) this.#clients.splice(at, 1)
    }
  }
}
