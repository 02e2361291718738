import type { KeyObject } from 'node:crypto'
import { SIGNATURE_BUNDLE_LIST, SIGNATURE_BUNDLE_SIGNATURE, SignatureBundleManifest } from '@guardimesh/contracts'
import { type ArchiveForm, parseArchiveList } from './archive-form.js'
import { type ArchiveVisitor, type ReadArchive, readArchive } from './read-archive.js'
import { fingerprintOf } from './signing-key.js'

/** The signature bundle as an archive; 200 files of about 300 bytes each. */
export const SIGNATURE_BUNDLE_FORM: ArchiveForm<SignatureBundleManifest> = {
  listPath: SIGNATURE_BUNDLE_LIST,
  signaturePath: SIGNATURE_BUNDLE_SIGNATURE,
  listMaxBytes: 256 * 1024,
  schema: SignatureBundleManifest,
  modeOf: () => 0o644,
}

/**
 * Reads a signature bundle, or the volumes of one.
 *
 * @param publicKeys of those who may have signed it; undefined reads it without asking who did.
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

/** What to do about a bundle that no key is right for. */
function describeSigner(list: Buffer, publicKeys: readonly KeyObject[]): string {
  const signer = claimedSigner(list)
  if (signer === undefined) return 'Copy it again; if that stays, ask whoever made it.'
  if (publicKeys.some((key) => fingerprintOf(key) === signer))
    return `It says that ${signer} signed it, which would be right: it was changed on its way. Copy it again.`
  return `It says that ${signer} signed it. If whoever packs the signatures confirms that fingerprint, trust that key; else throw the bundle away.`
}

function claimedSigner(list: Buffer): string | undefined {
  try {
    return parseArchiveList(SIGNATURE_BUNDLE_FORM, list).signer
  } catch {
    return undefined
  }
}
