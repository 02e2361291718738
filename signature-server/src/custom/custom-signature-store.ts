import { readFile, rename } from 'node:fs/promises'
import { CustomSignatures } from '@guardimesh/contracts'
import { GuardError, type Logger, systemCodeOf, writeFileDurably } from '@guardimesh/kit'
import { stampCustom } from './stamp-custom.js'

/** The custom signatures in force: `custom.json`. */
export class CustomSignatureStore {
  readonly #path: string
  #current: CustomSignatures = CustomSignatures.parse({ revision: 0 })

  private constructor(path: string) {
    this.#path = path
  }

  /** Takes up what is on the volume; a damaged file is put aside. */
  static async open(path: string, log: Logger): Promise<CustomSignatureStore> {
    const book = new CustomSignatureStore(path)
    try {
      book.#current = CustomSignatures.parse(JSON.parse(await readFile(path, 'utf8')))
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return book
      log.error({ error }, 'custom.json cannot be read; it is kept as custom.json.damaged, and the list of custom signatures begins anew')
      await rename(path, `${path}.damaged`)
    }
    return book
  }

  /** Those that the head generation was made with. */
  get current(): CustomSignatures {
    return this.#current
  }

  /**
   * What a change would make of them: the next revision, and new entries say who added them when.
   *
   * @throws GuardError SIGNATURES_CHANGED when it was made from another revision than the one in force.
   */
  next(wanted: CustomSignatures, addedBy: string, now: Date): CustomSignatures {
    const { revision } = this.#current
    if (wanted.revision !== revision)
      throw new GuardError(
        'SIGNATURES_CHANGED',
        `the custom signatures have revision ${revision}, this change was made from ${wanted.revision}; load them again and repeat it`,
      )
    return { ...stampCustom(wanted, this.#current, { addedBy, addedAt: now.toISOString() }), revision: revision + 1 }
  }

  /** Puts them in force, on disk. */
  async keep(next: CustomSignatures): Promise<void> {
    await writeFileDurably(this.#path, `${JSON.stringify(next)}\n`)
    this.#current = next
  }
}
