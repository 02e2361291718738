import { basename } from 'node:path'
import { signatureBundleOf } from '@guardimesh/contracts'
import { readSignatureArchive } from '@guardimesh/signature-format'
import type { Report } from '../terminal/steps.js'
import type { SignatureClient } from './signature-client.js'
import { type FinishedUpload, type UploadSource, uploadFile } from './upload-file.js'
import type { UploadStateStore } from './upload-state.js'

export interface PushOptions {
  readonly service: SignatureClient
  readonly state: UploadStateStore
  readonly sources: readonly UploadSource[]
  /** Allows an older version to replace a newer one. */
  readonly allowOlder: boolean
}

/**
 * Uploads files, resuming earlier uploads, and starts one import of all files.
 *
 * @returns the id of the import, which continues in the background.
 * @throws CommandError, GuardError; the server keeps uploads for a day, so that the next run can resume them.
 */
export async function pushSignatures({ service, state, sources, allowOlder }: PushOptions, report: Report): Promise<string> {
  // Fails immediately for a wrong address or key; the upload retries connection errors.
  await service.status()
  await requireCompleteBundles(sources, report)
  const uploads: FinishedUpload[] = []
  for (const source of sources) uploads.push(await uploadFile(source, { service, state, report }))
  report('starting the import')
  const importId = await service.startImport({ uploadIds: uploads.map(({ uploadId }) => uploadId), allowOlder })
  state.remove(uploads.map(({ stateKey }) => stateKey))
  return importId
}

/** Rejects incomplete bundles before the upload. The signature server verifies their signature. */
async function requireCompleteBundles(sources: readonly UploadSource[], report: Report): Promise<void> {
  const bundles = new Map(sources.map(({ path }) => [signatureBundleOf(basename(path)), path]))
  bundles.delete(undefined)
  for (const path of bundles.values())
    await readSignatureArchive(path, undefined, { onFile: async (file) => report(`reading ${basename(path)}: ${file.path}`) })
}
