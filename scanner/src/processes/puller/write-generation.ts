import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignatureManifest } from '@guardimesh/contracts'
import {
  CANARY_FILE,
  type CurrentSignatures,
  completeDraft,
  fingerprint,
  generationNameOf,
  linkOrCopy,
  makeDraft,
  SIGNATURE_FILE_MODE,
  type SignatureFile,
  verifySignatureFile,
} from '@guardimesh/kit'
import { generationCanary } from '../../engines/clamav/generation-canary.js'
import type { SignatureSource } from './source.js'

export interface WriteOptions {
  readonly source: SignatureSource
  readonly signaturesFolder: string
  /** Of this node; what the source offers unchanged is taken from here. */
  readonly inForce: CurrentSignatures | undefined
}

/**
 * Makes a new generation of what a source offers, with a canary by which clamd shows that it has loaded it. Each file is checked by SHA-256
 * after it was written; the generation gets its name only when it is complete and on disk.
 *
 * @returns the generation's folder.
 * @throws GuardError SIGNATURES_INVALID when a file is not what the source said.
 */
export async function writeGeneration(
  options: WriteOptions,
  now: Date,
  signal: AbortSignal,
): Promise<{ folder: string; manifest: SignatureManifest }> {
  const { source, signaturesFolder } = options
  const generation = source.generation ?? generationNameOf(source.files, now)
  const draft = await makeDraft(signaturesFolder, generation)
  for (const file of source.files) await putFile(options, draft, file, signal)
  const canary = await writeCanary(draft, generation)
  const manifest = { generation, builtAt: source.builtAt ?? now.toISOString(), files: [...source.files, canary] }
  return { folder: await completeDraft(signaturesFolder, draft, manifest), manifest }
}

async function putFile({ source, inForce }: WriteOptions, draft: string, file: SignatureFile, signal: AbortSignal): Promise<void> {
  const target = join(draft, file.path)
  const same = inForce?.manifest.files.find(({ sha256 }) => sha256 === file.sha256)
  if (inForce && same && (await isUsable(inForce.folder, same))) return linkOrCopy(join(inForce.folder, same.path), target)
  await source.fetch(file, target, signal)
  const handle = await open(target, 'r')
  try {
    await handle.chmod(SIGNATURE_FILE_MODE)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await verifySignatureFile(draft, file)
}

/** A file of the generation in force that was damaged since is fetched again. */
async function isUsable(folder: string, file: SignatureFile): Promise<boolean> {
  try {
    await verifySignatureFile(folder, file)
    return true
  } catch {
    return false
  }
}

async function writeCanary(draft: string, generation: string): Promise<SignatureFile> {
  const path = `clamav/${CANARY_FILE}`
  const target = join(draft, path)
  await writeFile(target, generationCanary(generation).databaseLine, { mode: SIGNATURE_FILE_MODE, flush: true })
  return { path, ...(await fingerprint(target)) }
}
