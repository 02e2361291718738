import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Logger, systemCodeOf, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { readCatalogFloor, writeCatalogFloor } from '../../../report/catalog-floor.js'

const FILE = 'catalog-sequence'

export interface CatalogFloorKeeperOptions {
  readonly stateFolder: string
  readonly pullerFolder: string
  readonly log: Logger
}

/**
 * Keeps the highest catalogue sequence that this node has accepted in the node's state, which survives the pods, and gives it to the puller.
 * Otherwise a replayed catalogue would be accepted after a restart. The puller cannot lower it.
 */
export class CatalogFloorKeeper {
  readonly #options: CatalogFloorKeeperOptions
  readonly #path: string
  #highest: number | undefined

  constructor(options: CatalogFloorKeeperOptions) {
    this.#options = options
    this.#path = join(options.stateFolder, FILE)
  }

  /** @param reported sequence of the newest catalogue that the puller has accepted; 0 for none. */
  async update(reported: number): Promise<void> {
    const { pullerFolder, log } = this.#options
    this.#highest ??= Number(await unlessMissing(readFile(this.#path, 'latin1'), '0')) || 0
    if (reported > this.#highest) {
      await writeFileDurably(this.#path, `${reported}\n`)
      this.#highest = reported
    }
    if ((await readCatalogFloor(pullerFolder)) === this.#highest) return
    try {
      await writeCatalogFloor(pullerFolder, this.#highest)
    } catch (error) {
      // The puller does not run yet.
      if (!['ENOENT', 'ESRCH'].includes(systemCodeOf(error) ?? '')) log.warn({ error }, 'failed to write the catalogue floor')
    }
  }
}
