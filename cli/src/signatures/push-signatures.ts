import { basename } from 'node:path'
import { signatureBundleOf } from '@guardimesh/contracts'
import { readSignatureArchive } from '@guardimesh/signature-format'
import type { Report } from '../terminal/steps.js'
import type { SignatureService } from './signature-service.js'
import { type DoneUpload, type UploadSource, uploadFile } from './upload-file.js'
import type { UploadMemory } from './upload-memory.js'

export interface PushOptions {
  readonly service: SignatureService
  readonly memory: UploadMemory
  readonly sources: readonly UploadSource[]
  /** Lets an older version take the place of a newer one. */
  readonly allowOlder: boolean
}

/**
 * Uploads files, each from where an earlier run stopped, and has them imported, all or none.
 *
 * @returns the id of the import, which goes on by itself.
 * @throws CommandError, GuardError; what was uploaded stays for a day, and the next run goes on from there.
 */
export async function pushSignatures({ service, memory, sources, allowOlder }: PushOptions, report: Report): Promise<string> {
  // A wrong address or key is told at once; from here on a line that is away is waited for.
  await service.status()
  await requireWhole(sources, report)
  const uploads: DoneUpload[] = []
  for (const source of sources) uploads.push(await uploadFile(source, { service, memory, report }))
  report('start the import')
  const importId = await service.startImport({ uploadIds: uploads.map(({ uploadId }) => uploadId), allowOlder })
  memory.forget(uploads.map(({ memoryName }) => memoryName))
  return importId
}

/** A bundle that was not copied whole is told before it is sent. Who signed it is for the signature server to prove. */
async function requireWhole(sources: readonly UploadSource[], report: Report): Promise<void> {
  const bundles = new Map(sources.map(({ path }) => [signatureBundleOf(basename(path)), path]))
  bundles.delete(undefined)
  for (const path of bundles.values())
    await readSignatureArchive(path, undefined, { onFile: async (file) => report(`read ${basename(path)}: ${file.path}`) })
}
