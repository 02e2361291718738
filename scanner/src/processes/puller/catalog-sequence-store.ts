import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GuardError, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { SIGNATURE_FOLDER_MODE } from '@guardimesh/signature-format'

const FILE = 'catalog-sequence'

/** Knows the newest decision of the signature server that this node has seen, over restarts: an old catalogue that is played again is not taken. */
export class CatalogSequenceStore {
  readonly #path: string

  constructor(signaturesFolder: string) {
    this.#path = join(signaturesFolder, FILE)
  }

  /** Takes a sequence in. @throws GuardError SIGNATURES_INVALID when a larger one was seen. */
  async accept(sequence: number): Promise<void> {
    const seen = Number(await unlessMissing(readFile(this.#path, 'latin1'), '0')) || 0
    if (sequence < seen) {
      const message = `the catalogue is older than one that this node has seen (sequence ${sequence}, seen ${seen}): somebody plays an old answer again`
      throw new GuardError('SIGNATURES_INVALID', `${message}; when the signature server was set up anew, remove ${this.#path}`)
    }
    if (sequence === seen) return
    // The first pull of a node comes before anything else is there.
    await mkdir(dirname(this.#path), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
    await writeFileDurably(this.#path, `${sequence}\n`)
  }
}
