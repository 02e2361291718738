import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { namesIn } from '@guardimesh/kit'
import { isSignatureName, SIGNATURE_KINDS } from '@guardimesh/signature-format'
import type { ImportPolicy } from '../build/create-generation.js'
import type { IncomingFile } from './list-incoming.js'

/** `importedBy` of the starter set. */
export const STARTER_IMPORTER = 'starter set'
/** `importId` of the starter set. */
export const STARTER_IMPORT_ID = 'starter-set'
/** The starter set is part of the image, like the engine, and was tested with the golden set of the image. */
export const STARTER_POLICY: Partial<ImportPolicy> = { acceptsUnsigned: true, goldenFolders: [] }

/** Lists the databases and rules of the starter set; none when the folder is missing. */
export async function listStarterSet(folder: string): Promise<IncomingFile[]> {
  const files: IncomingFile[] = []
  for (const kind of SIGNATURE_KINDS) {
    for (const name of (await namesIn(join(folder, kind))).filter((name) => isSignatureName(kind, name))) {
      const path = join(kind, name)
      const { size: sizeBytes } = await stat(join(folder, path))
      files.push({ path, name, kind, isRegular: true, sizeBytes, stamp: '', isDowngradeAllowed: false })
    }
  }
  return files
}
