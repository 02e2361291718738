import { mkdir, readdir, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { MANIFEST_FILE, SignatureManifest } from '@guardimesh/contracts'
import { GuardError, messageOf, syncFolder, systemCodeOf, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { SIGNATURE_FILE_MODE, SIGNATURE_FOLDER_MODE } from './signature-file.js'
import { SIGNATURE_KINDS } from './signature-names.js'

/** Name of the link to the generation in force, in the signatures' folder. */
export const CURRENT_LINK = 'current'
/** Folder of the generations, in the signatures' folder. */
export const GENERATIONS_FOLDER = 'generations'

/** The generation in force. */
export interface CurrentSignatures {
  readonly manifest: SignatureManifest
  /** Its own folder, which never changes; the link may be switched at any moment. */
  readonly folder: string
}

/**
 * Reads which signature generation is in force in a folder.
 *
 * @returns undefined when there is none yet.
 * @throws GuardError SIGNATURES_INVALID when its manifest is missing or damaged.
 */
export async function readCurrentManifest(signaturesFolder: string): Promise<CurrentSignatures | undefined> {
  let folder: string
  try {
    folder = resolve(signaturesFolder, await readlink(join(signaturesFolder, CURRENT_LINK)))
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined
    throw new GuardError('SIGNATURES_INVALID', `${CURRENT_LINK} is not a link to a generation: ${messageOf(error)}`)
  }
  return { manifest: await readManifest(folder), folder }
}

/** Reads the manifest of a generation's folder. @throws GuardError SIGNATURES_INVALID when it is missing or damaged. */
export async function readManifest(folder: string): Promise<SignatureManifest> {
  try {
    return SignatureManifest.parse(JSON.parse(await readFile(join(folder, MANIFEST_FILE), 'utf8')))
  } catch (error) {
    throw new GuardError('SIGNATURES_INVALID', `the manifest in ${folder} cannot be used: ${messageOf(error)}`, {}, { cause: error })
  }
}

/** Makes the empty folder of a generation that is being put together; its name begins with a dot until it is complete. */
export async function makeDraft(signaturesFolder: string, name: string): Promise<string> {
  const draft = join(signaturesFolder, GENERATIONS_FOLDER, `.new-${name}`)
  await rm(draft, { recursive: true, force: true })
  for (const kind of SIGNATURE_KINDS) await mkdir(join(draft, kind), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
  return draft
}

/**
 * Gives a draft its manifest and its name, on disk. A generation of this name that is there already was left by a run that was killed, or
 * refused before, and is replaced, unless it is the one in force: what clamd reads is never missing, so the new one gets another folder.
 *
 * @returns the generation's folder.
 */
export async function completeDraft(signaturesFolder: string, draft: string, manifest: SignatureManifest): Promise<string> {
  await writeFileDurably(join(draft, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, SIGNATURE_FILE_MODE)
  for (const kind of SIGNATURE_KINDS) await syncFolder(join(draft, kind))
  const isInForce = (await generationInForce(signaturesFolder)) === manifest.generation
  const folder = join(signaturesFolder, GENERATIONS_FOLDER, isInForce ? `${manifest.generation}.again` : manifest.generation)
  await rm(folder, { recursive: true, force: true })
  await rename(draft, folder)
  await syncFolder(join(signaturesFolder, GENERATIONS_FOLDER))
  return folder
}

/** Switches the link in one step: whoever follows it finds the old generation or the new one. @param generation name of its folder. */
export async function switchCurrent(signaturesFolder: string, generation: string): Promise<void> {
  const fresh = join(signaturesFolder, `${CURRENT_LINK}.new`)
  await rm(fresh, { force: true })
  await symlink(join(GENERATIONS_FOLDER, generation), fresh)
  await rename(fresh, join(signaturesFolder, CURRENT_LINK))
  await syncFolder(signaturesFolder)
}

/**
 * Removes every draft, and every generation but the one in force, the protected and the newest others: `keptCount` in all, or as many as are
 * protected.
 */
export async function removeOldGenerations(
  signaturesFolder: string,
  keptCount: number,
  protectedNames: readonly string[] = [],
): Promise<void> {
  const folder = join(signaturesFolder, GENERATIONS_FOLDER)
  const inForce = await generationInForce(signaturesFolder)
  const staying = new Set([...protectedNames, inForce ?? ''])
  const names = await readdir(folder)
  const others = names.filter((name) => !staying.has(name))
  const freeCount = Math.max(0, keptCount - Math.max(1, names.length - others.length))
  const aged = await Promise.all(others.map(async (name) => ({ name, madeAtMs: await changedAtMs(join(folder, name)) })))
  const complete = aged.filter(({ name }) => !name.startsWith('.')).sort((one, other) => other.madeAtMs - one.madeAtMs)
  const drafts = aged.filter(({ name }) => name.startsWith('.'))
  for (const { name } of [...complete.slice(freeCount), ...drafts]) await rm(join(folder, name), { recursive: true, force: true })
}

/** Name of the generation that the link leads to; undefined when there is no link. */
async function generationInForce(signaturesFolder: string): Promise<string | undefined> {
  const target = await unlessMissing(readlink(join(signaturesFolder, CURRENT_LINK)), undefined)
  return target === undefined ? undefined : basename(target)
}

async function changedAtMs(path: string): Promise<number> {
  return (await unlessMissing(stat(path), undefined))?.ctimeMs ?? 0
}
