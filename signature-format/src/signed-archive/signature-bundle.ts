import type { KeyObject } from 'node:crypto'
import { SIGNATURE_BUNDLE_LIST, SIGNATURE_BUNDLE_SIGNATURE, SignatureBundleManifest } from '@guardimesh/contracts/signatures/bundle'
import { fingerprintOf } from '@guardimesh/kit'
import { type ArchiveForm, parseArchiveList } from './archive-form.js'
import { type ArchiveVisitor, type ReadArchive, readArchive } from './read-archive.js'

/** Archive form of a signature bundle. The list has up to 200 entries of about 300 bytes. */
export const SIGNATURE_BUNDLE_FORM: ArchiveForm<SignatureBundleManifest> = {
  listPath: SIGNATURE_BUNDLE_LIST,
  signaturePath: SIGNATURE_BUNDLE_SIGNATURE,
  listMaxBytes: 256 * 1024,
  schema: SignatureBundleManifest,
  modeOf: () => 0o644,
}

/**
 * Reads a signature bundle or its volumes.
 *
 * @param publicKeys accepted keys; undefined skips the verification of the signature.
 * @throws GuardError ARCHIVE_INVALID
 */
export async function readSignatureArchive(
  path: string,
  publicKeys: readonly KeyObject[] | undefined,
  visitor: ArchiveVisitor<SignatureBundleManifest> = {},
): Promise<ReadArchive<SignatureBundleManifest>> {
  const describeUnsigned = (list: Buffer) => describeSigner(list, publicKeys ?? [])
  return readArchive({ path, form: SIGNATURE_BUNDLE_FORM, publicKeys, describeUnsigned }, visitor)
}

/** Explains what to do about a bundle that no key verifies. */
function describeSigner(list: Buffer, publicKeys: readonly KeyObject[]): string {
  const signer = claimedSigner(list)
  if (signer === undefined) return 'Copy it again; if the problem persists, contact its creator.'
  if (publicKeys.some((key) => fingerprintOf(key) === signer))
    return `It claims to be signed by ${signer}, which is an accepted key, so it was changed after signing. Copy it again.`
  return `It claims to be signed by ${signer}. Trust that key only if the creator confirms the fingerprint; otherwise discard the bundle.`
}

function claimedSigner(list: Buffer): string | undefined {
  try {
    return parseArchiveList(SIGNATURE_BUNDLE_FORM, list).signer
  } catch {
    return undefined
  }
}
