import { readFile, readlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { MANIFEST_FILE, SignatureManifest } from '@guardimesh/contracts'
import { GuardError, messageOf, systemCodeOf } from '@guardimesh/kit'

/** Name of the link to the generation in force, in the signatures' folder. */
export const CURRENT_LINK = 'current'

/** The generation in force. */
export interface CurrentSignatures {
  readonly manifest: SignatureManifest
  /** Its own folder, which never changes; the link may be switched at any moment. */
  readonly folder: string
}

/**
 * Reads which signature generation is in force on this node.
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
