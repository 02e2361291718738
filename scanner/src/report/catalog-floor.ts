import { join } from 'node:path'
import { readForeignFile, writeForeignFile } from '../node/foreign-folder.js'

const FILE = 'catalog-floor'
const MAX_BYTES = 32

/**
 * Reads the lowest catalogue sequence that this node accepts, which the scanner process keeps for the puller.
 *
 * @returns undefined while the scanner process has not written it.
 */
export async function readCatalogFloor(pullerFolder: string): Promise<number | undefined> {
  try {
    const sequence = Number(await readForeignFile(join(pullerFolder, FILE), MAX_BYTES))
    return Number.isSafeInteger(sequence) ? sequence : undefined
  } catch {
    return undefined
  }
}

export async function writeCatalogFloor(pullerFolder: string, sequence: number): Promise<void> {
  await writeForeignFile(join(pullerFolder, FILE), `${sequence}\n`)
}
