import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { GuardError, type Logger, messageOf } from '@guardimesh/kit'
import {
  applyDelta,
  type CurrentSignatures,
  fingerprint,
  linkOrCopy,
  SIGNATURE_FILE_MODE,
  type SignatureFile,
  verifySignatureFile,
} from '@guardimesh/signature-format'
import { type ApplicableDelta, chooseDelta, contentOf, isSameContent, pathOnNode } from './compare-content.js'
import type { SignatureSource } from './source.js'
import type { TransferCounters } from './transfer-counters.js'

export interface AddFileOptions {
  readonly source: SignatureSource
  /** The node's active generation: unchanged files are linked from it, and deltas are applied to it. */
  readonly active: CurrentSignatures | undefined
  /** Folder of the generation that is being built. */
  readonly draft: string
  readonly transfers: TransferCounters
  readonly log: Logger
}

/**
 * Adds one offered file to a draft: the active file if it has the same content, else the active file with a delta applied if that is smaller
 * than the file, else the downloaded file.
 *
 * @returns the file as it is on disk. It has the offered content, but a .cvd that a delta was applied to is a .cld.
 * @throws GuardError SIGNATURES_INVALID when the file differs from what the source lists.
 */
export async function addFile(options: AddFileOptions, offered: SignatureFile, signal: AbortSignal): Promise<SignatureFile> {
  const { active, draft, source } = options
  const onDisk = active?.manifest.files ?? []
  const same = onDisk.find((file) => isSameContent(file, offered))
  if (active && same && (await isIntact(active.folder, same))) {
    const path = pathOnNode(offered, same)
    await linkOrCopy(join(active.folder, same.path), join(draft, path))
    return { ...offered, path, sizeBytes: same.sizeBytes, sha256: same.sha256 }
  }
  const delta = chooseDelta(offered, source.deltas, onDisk)
  if (active && delta && (await isIntact(active.folder, delta.from))) {
    const updated = await tryDelta(options, active.folder, { offered, ...delta }, signal)
    if (updated) return updated
  }
  const target = join(draft, offered.path)
  await source.fetch(offered, target, signal)
  await makeDurable(target)
  await verifySignatureFile(draft, offered)
  return offered
}

interface DeltaToApply extends ApplicableDelta {
  readonly offered: SignatureFile
}

/** @returns undefined when the delta failed; the whole file is downloaded then. */
async function tryDelta(
  options: AddFileOptions,
  folder: string,
  toApply: DeltaToApply,
  signal: AbortSignal,
): Promise<SignatureFile | undefined> {
  const { transfers, log } = options
  const { path, sizeBytes } = toApply.delta
  try {
    const file = await createFromDelta(options, folder, toApply, signal)
    transfers.deltas.applied += 1
    log.info({ path: file.path, delta: path, sizeBytes }, 'database updated by delta')
    return file
  } catch (error) {
    signal.throwIfAborted()
    transfers.deltas.failed += 1
    log.warn({ path: toApply.offered.path, delta: path, reason: messageOf(error) }, 'delta failed; downloading the whole file')
    return undefined
  }
}

async function createFromDelta(
  { source, draft }: AddFileOptions,
  folder: string,
  { delta, from, offered }: DeltaToApply,
  signal: AbortSignal,
): Promise<SignatureFile> {
  // Inside the draft, so that a killed process leaves no files elsewhere.
  const workFolder = join(draft, 'update')
  await mkdir(workFolder)
  try {
    const [deltaFile, target] = [join(workFolder, basename(delta.path)), join(workFolder, 'target')]
    await source.fetch(delta, deltaFile, signal)
    const paths = { oldFile: join(folder, from.path), deltaFile, workFolder: join(workFolder, 'work'), target }
    const { contentSha256, name } = await applyDelta({ ...paths, form: delta.form }, signal)
    if (contentSha256 !== contentOf(offered)) {
      const message = `the delta produced the content ${contentSha256}, but the catalogue lists ${contentOf(offered)}`
      throw new GuardError('SIGNATURES_INVALID', message)
    }
    const path = join(dirname(offered.path), name)
    await makeDurable(target)
    await rename(target, join(draft, path))
    return { ...offered, path, ...(await fingerprint(join(draft, path))) }
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

async function makeDurable(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.chmod(SIGNATURE_FILE_MODE)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** False for a missing or damaged file. */
export async function isIntact(folder: string, file: SignatureFile): Promise<boolean> {
  try {
    await verifySignatureFile(folder, file)
    return true
  } catch {
    return false
  }
}
