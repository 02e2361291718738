import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignatureManifest } from '@guardimesh/contracts/signatures/manifest'
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
import { buildGenerationCanary } from '../../engines/clamav/generation-canary.js'
import { addFile } from './add-file.js'
import { CANARY_PATH } from './compare-content.js'
import { writeFormatDatabase } from './format-database.js'
import type { SignatureSource } from './source.js'
import type { TransferCounters } from './transfer-counters.js'

export interface WriteGenerationOptions {
  readonly source: SignatureSource
  readonly signaturesFolder: string
  /** The node's active generation. */
  readonly active: CurrentSignatures | undefined
  readonly transfers: TransferCounters
  readonly log: Logger
}

/**
 * Writes a new generation from the files of a source, with a canary that shows whether clamd has loaded it and the signatures of formats. Verifies
 * the SHA-256 of each fetched file. The generation gets its name only once it is complete and on disk; its manifest lists the files as they
 * are on disk.
 *
 * @returns the generation's folder.
 * @throws GuardError SIGNATURES_INVALID when a file differs from what the source lists.
 */
export async function writeGeneration(
  options: WriteGenerationOptions,
  now: Date,
  signal: AbortSignal,
): Promise<{ folder: string; manifest: SignatureManifest }> {
  const { source, signaturesFolder } = options
  const generation = source.generation ?? generationNameOf(source.files, now)
  const draft = await createDraft(signaturesFolder, generation)
  const files: SignatureFile[] = []
  for (const file of source.files) files.push(await addFile({ ...options, draft }, file, signal))
  files.push(await writeCanary(draft, generation))
  await writeFormatDatabase(draft)
  const measured = source.memoryBytes === undefined ? {} : { memoryBytes: source.memoryBytes }
  const manifest = { generation, builtAt: source.builtAt ?? now.toISOString(), files, ...measured }
  return { folder: await completeDraft(signaturesFolder, draft, manifest), manifest }
}

async function writeCanary(draft: string, generation: string): Promise<SignatureFile> {
  const target = join(draft, CANARY_PATH)
  await writeFile(target, buildGenerationCanary(generation).databaseLine, { mode: SIGNATURE_FILE_MODE, flush: true })
  return { path: CANARY_PATH, ...(await fingerprint(target)) }
}
