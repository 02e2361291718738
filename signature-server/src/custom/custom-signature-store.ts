import { readFile, rename } from 'node:fs/promises'
import { CustomSignatures } from '@guardimesh/contracts'
import { GuardError, type Logger, systemCodeOf, writeFileDurably } from '@guardimesh/kit'
import { stampCustom } from './stamp-custom.js'

/** Stores the active custom signatures in `custom.json`. */
export class CustomSignatureStore {
  readonly #path: string
  #current: CustomSignatures = CustomSignatures.parse({ revision: 0 })

  private constructor(path: string) {
    this.#path = path
  }

  /** Loads the stored signatures. A damaged file is renamed. */
  static async open(path: string, log: Logger): Promise<CustomSignatureStore> {
    const store = new CustomSignatureStore(path)
    try {
      store.#current = CustomSignatures.parse(JSON.parse(await readFile(path, 'utf8')))
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return store
      log.error({ error }, 'invalid custom.json renamed to custom.json.damaged; starting without custom signatures')
      await rename(path, `${path}.damaged`)
    }
    return store
  }

  /** The custom signatures of the head generation. */
  get current(): CustomSignatures {
    return this.#current
  }

  /**
   * Returns the next revision with audit fields for new entries. Does not save it.
   *
   * @throws GuardError SIGNATURES_CHANGED when the change is based on an older revision.
   */
  prepareChange(wanted: CustomSignatures, addedBy: string, now: Date): CustomSignatures {
    const { revision } = this.#current
    if (wanted.revision !== revision)
      throw new GuardError(
        'SIGNATURES_CHANGED',
        `the custom signatures have revision ${revision}, but this change is based on ${wanted.revision}; reload them and repeat the change`,
      )
    return { ...stampCustom(wanted, this.#current, { addedBy, addedAt: now.toISOString() }), revision: revision + 1 }
  }

  /** Saves and activates a revision. */
  async save(next: CustomSignatures): Promise<void> {
    await writeFileDurably(this.#path, `${JSON.stringify(next)}\n`)
    this.#current = next
  }
}
