import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GuardError, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { SIGNATURE_FOLDER_MODE } from '@guardimesh/signature-format'

const FILE = 'catalog-sequence'

/** Stores the highest catalogue sequence that this node has accepted, across restarts, to reject replayed catalogues. */
export class CatalogSequenceStore {
  readonly #path: string

  constructor(signaturesFolder: string) {
    this.#path = join(signaturesFolder, FILE)
  }

  /** Accepts a sequence and stores it. @throws GuardError SIGNATURES_INVALID when a higher one was accepted before. */
  async accept(sequence: number): Promise<void> {
    const highest = Number(await unlessMissing(readFile(this.#path, 'latin1'), '0')) || 0
    if (sequence < highest) {
      const message = `catalogue rejected: its sequence ${sequence} is lower than ${highest}, which this node has accepted; this may be a replay`
      throw new GuardError('SIGNATURES_INVALID', `${message}. If the signature server was reinstalled, remove ${this.#path}`)
    }
    if (sequence === highest) return
    // On the first pull of a node the folder does not exist yet.
    await mkdir(dirname(this.#path), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
    await writeFileDurably(this.#path, `${sequence}\n`)
  }
}
