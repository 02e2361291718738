import { mkdir, readdir, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { MANIFEST_FILE, SignatureManifest } from '@guardimesh/contracts/signatures/manifest'
import { GuardError, messageOf, syncFolder, systemCodeOf, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { SIGNATURE_FILE_MODE, SIGNATURE_FOLDER_MODE } from './signature-file.js'
import { SIGNATURE_KINDS } from './signature-names.js'

/** Name of the link to the active generation, in the signatures folder. */
export const CURRENT_LINK = 'current'
/** Folder of the generations, in the signatures folder. */
export const GENERATIONS_FOLDER = 'generations'

/** The active generation. */
export interface CurrentSignatures {
  readonly manifest: SignatureManifest
  /** Folder of the generation itself, which is immutable, unlike the link. */
  readonly folder: string
}

/**
 * Reads the manifest of the active generation in a signatures folder.
 *
 * @returns undefined when no generation is active.
 * @throws GuardError SIGNATURES_INVALID when the manifest is missing or damaged.
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
    throw new GuardError('SIGNATURES_INVALID', `invalid manifest in ${folder}: ${messageOf(error)}`, {}, { cause: error })
  }
}

/** Creates the empty folder of a draft; its name starts with a dot until it is complete. */
export async function createDraft(signaturesFolder: string, name: string): Promise<string> {
  const draft = join(signaturesFolder, GENERATIONS_FOLDER, `.new-${name}`)
  await rm(draft, { recursive: true, force: true })
  for (const kind of SIGNATURE_KINDS) await mkdir(join(draft, kind), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
  return draft
}

/**
 * Writes the manifest of a draft and renames its folder. Replaces an existing folder of that name, which a killed or failed run left,
 * unless it is the active generation: clamd reads its files, so the new one gets another name.
 *
 * @returns the generation's folder.
 */
export async function completeDraft(signaturesFolder: string, draft: string, manifest: SignatureManifest): Promise<string> {
  await writeFileDurably(join(draft, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, SIGNATURE_FILE_MODE)
  for (const kind of SIGNATURE_KINDS) await syncFolder(join(draft, kind))
  const isCurrent = (await currentGeneration(signaturesFolder)) === manifest.generation
  const folder = join(signaturesFolder, GENERATIONS_FOLDER, isCurrent ? `${manifest.generation}.again` : manifest.generation)
  await rm(folder, { recursive: true, force: true })
  await rename(draft, folder)
  await syncFolder(join(signaturesFolder, GENERATIONS_FOLDER))
  return folder
}

/** Switches the link to the active generation atomically. @param generation name of its folder. */
export async function switchCurrent(signaturesFolder: string, generation: string): Promise<void> {
  const temporaryLink = join(signaturesFolder, `${CURRENT_LINK}.new`)
  await rm(temporaryLink, { force: true })
  await symlink(join(GENERATIONS_FOLDER, generation), temporaryLink)
  await rename(temporaryLink, join(signaturesFolder, CURRENT_LINK))
  await syncFolder(signaturesFolder)
}

/**
 * Removes all drafts and old generations. Keeps the active generation, the protected ones and the newest others: `keptCount` in total, or
 * more if more are protected.
 */
export async function removeOldGenerations(
  signaturesFolder: string,
  keptCount: number,
  protectedNames: readonly string[] = [],
): Promise<void> {
  const folder = join(signaturesFolder, GENERATIONS_FOLDER)
  const active = await currentGeneration(signaturesFolder)
  const kept = new Set([...protectedNames, active ?? ''])
  const names = await readdir(folder)
  const others = names.filter((name) => !kept.has(name))
  const freeCount = Math.max(0, keptCount - Math.max(1, names.length - others.length))
  const aged = await Promise.all(others.map(async (name) => ({ name, changedAtMs: await readChangeTimeMs(join(folder, name)) })))
  const complete = aged.filter(({ name }) => !name.startsWith('.')).sort((one, other) => other.changedAtMs - one.changedAtMs)
  const drafts = aged.filter(({ name }) => name.startsWith('.'))
  for (const { name } of [...complete.slice(freeCount), ...drafts]) await rm(join(folder, name), { recursive: true, force: true })
}

/** Returns the name of the generation that the link points to; undefined without a link. */
async function currentGeneration(signaturesFolder: string): Promise<string | undefined> {
  const target = await unlessMissing(readlink(join(signaturesFolder, CURRENT_LINK)), undefined)
  return target === undefined ? undefined : basename(target)
}

async function readChangeTimeMs(path: string): Promise<number> {
  return (await unlessMissing(stat(path), undefined))?.ctimeMs ?? 0
}
