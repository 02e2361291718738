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
import { chooseDelta, contentOf, isSameContent, pathFor, type UpdateFrom } from './same-content.js'
import type { SignatureSource } from './source.js'
import type { TransferCounters } from './transfer-counters.js'

export interface PutOptions {
  readonly source: SignatureSource
  /** Of this node; what the source offers unchanged is taken from here, and deltas begin with it. */
  readonly inForce: CurrentSignatures | undefined
  /** Folder of the generation that is put together. */
  readonly draft: string
  readonly transfers: TransferCounters
  readonly log: Logger
}

/**
 * Gives one offered file its place in a draft: the file in force when it has the same content, else an update of it when that is smaller,
 * else the whole file.
 *
 * @returns the file as it is on disk; of the same content, but a .cvd that was updated is a .cld.
 * @throws GuardError SIGNATURES_INVALID when it is not what the source said.
 */
export async function putFile(options: PutOptions, offered: SignatureFile, signal: AbortSignal): Promise<SignatureFile> {
  const { inForce, draft, source } = options
  const onDisk = inForce?.manifest.files ?? []
  const same = onDisk.find((file) => isSameContent(file, offered))
  if (inForce && same && (await isWhole(inForce.folder, same))) {
    const path = pathFor(offered, same)
    await linkOrCopy(join(inForce.folder, same.path), join(draft, path))
    return { ...offered, path, sizeBytes: same.sizeBytes, sha256: same.sha256 }
  }
  const step = chooseDelta(offered, source.deltas, onDisk)
  if (inForce && step && (await isWhole(inForce.folder, step.from))) {
    const updated = await tryUpdate(options, inForce.folder, { offered, ...step }, signal)
    if (updated) return updated
  }
  const target = join(draft, offered.path)
  await source.fetch(offered, target, signal)
  await makeDurable(target)
  await verifySignatureFile(draft, offered)
  return offered
}

interface Step extends UpdateFrom {
  readonly offered: SignatureFile
}

/** @returns undefined when it did not lead to what was offered, which costs no more than a download of the whole file. */
async function tryUpdate(options: PutOptions, folder: string, step: Step, signal: AbortSignal): Promise<SignatureFile | undefined> {
  const { transfers, log } = options
  const { path, sizeBytes } = step.update
  try {
    const file = await update(options, folder, step, signal)
    transfers.deltas.applied += 1
    log.info({ path: file.path, update: path, sizeBytes }, 'database updated by a step')
    return file
  } catch (error) {
    signal.throwIfAborted()
    transfers.deltas.failed += 1
    log.warn({ path: step.offered.path, update: path, reason: messageOf(error) }, 'update not applied; the whole file is fetched')
    return undefined
  }
}

async function update({ source, draft }: PutOptions, folder: string, step: Step, signal: AbortSignal): Promise<SignatureFile> {
  const { update, from, offered } = step
  // Inside the draft, so that a process that is killed leaves nothing elsewhere.
  const bench = join(draft, 'update')
  await mkdir(bench)
  try {
    const [deltaFile, made] = [join(bench, basename(update.path)), join(bench, 'made')]
    await source.fetch(update, deltaFile, signal)
    const paths = { oldFile: join(folder, from.path), deltaFile, workFolder: join(bench, 'work'), target: made }
    const { contentSha256, name } = await applyDelta({ ...paths, form: update.form }, signal)
    if (contentSha256 !== contentOf(offered))
      throw new GuardError('SIGNATURES_INVALID', `it led to the content ${contentSha256}, the catalogue says ${contentOf(offered)}`)
    const path = join(dirname(offered.path), name)
    await makeDurable(made)
    await rename(made, join(draft, path))
    return { ...offered, path, ...(await fingerprint(join(draft, path))) }
  } finally {
    await rm(bench, { recursive: true, force: true })
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

/** False for a file of the generation in force that was damaged since. */
export async function isWhole(folder: string, file: SignatureFile): Promise<boolean> {
  try {
    await verifySignatureFile(folder, file)
    return true
  } catch {
    return false
  }
}
