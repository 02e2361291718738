import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SIGNATURE_FILE_MODE, type SignatureFile } from '@guardimesh/signature-format'
import { buildFormatSignatures } from '../../engines/formats/format-signatures.js'
import { isIntact } from './add-file.js'
import { FORMATS_PATH } from './compare-content.js'

/**
 * Writes the signatures of formats that ClamAV does not open to a generation. They belong to this program and not to the generation, so the
 * manifest does not list them: another version of this program, which has others or none, still finds the generation unchanged.
 */
export async function writeFormatDatabase(folder: string): Promise<void> {
  await writeFile(join(folder, FORMATS_PATH), buildFormatSignatures(), { mode: SIGNATURE_FILE_MODE, flush: true })
}

/** True when a generation has the signatures of formats of this version. */
export async function hasFormatDatabase(folder: string): Promise<boolean> {
  return await isIntact(folder, formatDatabase())
}

function formatDatabase(): SignatureFile {
  const content = buildFormatSignatures()
  return { path: FORMATS_PATH, sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
}
