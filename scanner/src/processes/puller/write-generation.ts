import { createHash } from 'node:crypto'
import { copyFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MANIFEST_FILE, type SignatureManifest } from '@guardimesh/contracts'
import { CANARY_FILE, generationCanary } from '../../engines/clamav/generation-canary.js'
import { fingerprint, type SignatureFile, type SignatureSource, verifyFile } from './source-files.js'

/** Folder of the generations, in the signatures' folder. */
export const GENERATIONS_FOLDER = 'generations'
/** clamd and the obfuscation scanner run as other users. */
const FILE_MODE = 0o444
const FOLDER_MODE = 0o755

/** Name of a source's generation: its own, or the moment and what is in it. Pure. */
export function generationName(source: SignatureSource, now: Date): string {
  if (source.generation !== undefined) return source.generation
  const hash = createHash('sha256')
  for (const { path, sha256 } of source.files) hash.update(`${sha256}  ${path}\n`)
  const moment = now.toISOString().replace(/[-:]|\.\d+/g, '')
  return `${moment}-${hash.digest('hex').slice(0, 12)}`
}

/**
 * Copies a source into a new generation, with a canary by which clamd shows that it has loaded it. The copy is checked by SHA-256 after it
 * was written; it gets its name only when it is complete and on disk.
 *
 * @returns the generation's folder.
 * @throws GuardError SIGNATURES_INVALID when a copy is not what the source said.
 */
export async function writeGeneration(
  sourceFolder: string,
  source: SignatureSource,
  signaturesFolder: string,
  now: Date,
): Promise<{ folder: string; manifest: SignatureManifest }> {
  const generation = generationName(source, now)
  const generations = join(signaturesFolder, GENERATIONS_FOLDER)
  const [folder, draft] = [join(generations, generation), join(generations, `.new-${generation}`)]
  await rm(draft, { recursive: true, force: true })
  for (const part of ['clamav', 'yara']) await mkdir(join(draft, part), { recursive: true, mode: FOLDER_MODE })
  for (const file of source.files) await copyChecked(sourceFolder, draft, file)
  const canary = await writeCanary(draft, generation)
  const manifest = { generation, builtAt: source.builtAt ?? now.toISOString(), files: [...source.files, canary] }
  await writeFile(join(draft, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, { mode: FILE_MODE, flush: true })
  // A generation of this name that is not in force: left by a run that was killed, or refused before.
  await rm(folder, { recursive: true, force: true })
  await rename(draft, folder)
  return { folder, manifest }
}

async function copyChecked(sourceFolder: string, draft: string, file: SignatureFile): Promise<void> {
  const target = join(draft, file.path)
  await copyFile(join(sourceFolder, file.path), target)
  const handle = await open(target, 'r')
  try {
    await handle.chmod(FILE_MODE)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await verifyFile(draft, file)
}

async function writeCanary(draft: string, generation: string): Promise<SignatureFile> {
  const path = `clamav/${CANARY_FILE}`
  await writeFile(join(draft, path), generationCanary(generation).databaseLine, { mode: FILE_MODE, flush: true })
  return { path, ...(await fingerprint(join(draft, path))) }
}
