import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GuardError, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { SIGNATURE_FOLDER_MODE } from '@guardimesh/signature-format'
import { readCatalogFloor } from '../../report/catalog-floor.js'
import type { PullerReportStore } from './puller-report-store.js'

const FILE = 'catalog-sequence'

export interface CatalogSequenceOptions {
  readonly signaturesFolder: string
  /** Where the scanner process leaves the sequence that it keeps across pods. */
  readonly runFolder: string
  readonly report: PullerReportStore
}

/** Stores the highest catalogue sequence that this node has accepted, across restarts and pods, to reject replayed catalogues. */
export class CatalogSequenceStore {
  readonly #options: CatalogSequenceOptions
  readonly #path: string

  constructor(options: CatalogSequenceOptions) {
    this.#options = options
    this.#path = join(options.signaturesFolder, FILE)
  }

  /** Accepts a sequence and stores it. @throws GuardError SIGNATURES_INVALID when a higher one was accepted before. */
  async accept(sequence: number): Promise<void> {
    const { runFolder, report } = this.#options
    const stored = Number(await unlessMissing(readFile(this.#path, 'latin1'), '0')) || 0
    const highest = Math.max(stored, (await readCatalogFloor(runFolder)) ?? 0)
    if (sequence < highest) {
      const message = `catalogue rejected: its sequence ${sequence} is lower than ${highest}, which this node has accepted; this may be a replay`
      throw new GuardError(
        'SIGNATURES_INVALID',
        `${message}. If the signature server was reinstalled, remove catalog-sequence from the node's /var/lib/guardimesh/scanner and delete its Guardimesh pods`,
      )
    }
    await report.recordSequence(sequence)
    if (sequence === stored) return
    // On the first pull of a node the folder does not exist yet.
    await mkdir(dirname(this.#path), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
    await writeFileDurably(this.#path, `${sequence}\n`)
  }
}
