import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignatureManifest } from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import {
  type CurrentSignatures,
  completeDraft,
  createDraft,
  fingerprint,
  generationNameOf,
  SIGNATURE_FILE_MODE,
  type SignatureFile,
} from '@guardimesh/signature-format'
import { generationCanary } from '../../engines/clamav/generation-canary.js'
import { putFile } from './put-file.js'
import { CANARY_PATH } from './same-content.js'
import type { SignatureSource } from './source.js'
import type { TransferCounters } from './transfer-counters.js'

export interface WriteOptions {
  readonly source: SignatureSource
  readonly signaturesFolder: string
  /** Of this node. */
  readonly inForce: CurrentSignatures | undefined
  readonly transfers: TransferCounters
  readonly log: Logger
}

/**
 * Makes a new generation of what a source offers, with a canary by which clamd shows that it has loaded it. Each file is checked by SHA-256
 * after it was written; the generation gets its name only when it is complete and on disk. Its manifest lists what is on disk.
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
  const draft = await createDraft(signaturesFolder, generation)
  const files: SignatureFile[] = []
  for (const file of source.files) files.push(await putFile({ ...options, draft }, file, signal))
  files.push(await writeCanary(draft, generation))
  const measured = source.memoryBytes === undefined ? {} : { memoryBytes: source.memoryBytes }
  const manifest = { generation, builtAt: source.builtAt ?? now.toISOString(), files, ...measured }
  return { folder: await completeDraft(signaturesFolder, draft, manifest), manifest }
}

async function writeCanary(draft: string, generation: string): Promise<SignatureFile> {
  const target = join(draft, CANARY_PATH)
  await writeFile(target, generationCanary(generation).databaseLine, { mode: SIGNATURE_FILE_MODE, flush: true })
  return { path: CANARY_PATH, ...(await fingerprint(target)) }
}
