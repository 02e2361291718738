import { basename } from 'node:path'
import { isSignatureBundleName, type SignatureBundleManifest } from '@guardimesh/contracts'
import { messageOf } from '@guardimesh/kit'
import { type ContainerHeader, fingerprint, readContainerHeader, readSignatureArchive } from '@guardimesh/signature-format'
import { CommandError } from '../command-error.js'
import { formatBytes } from '../terminal/format.js'
import { readDeltaHeader } from './read-delta-header.js'
import { parseSourceName } from './source-name.js'

/** Unverified metadata of a file. */
export type Inspection =
  | { readonly kind: 'bundle'; readonly manifest: SignatureBundleManifest; readonly problem: string }
  | { readonly kind: 'database'; readonly header: ContainerHeader; readonly sizeBytes: number; readonly sha256: string }
  | { readonly kind: 'delta'; readonly version: number; readonly isComplete: boolean; readonly sizeBytes: number; readonly sha256: string }

/**
 * @throws CommandError when the file is neither a signature bundle nor a file of ClamAV; GuardError ARCHIVE_INVALID for a bundle without a
 * list.
 */
export async function inspectFile(path: string): Promise<Inspection> {
  const name = basename(path)
  if (isSignatureBundleName(name)) return inspectBundle(path)
  const form = parseSourceName('clamav', name)?.form
  const header = form === 'container' ? await readContainerHeader(path) : undefined
  if (header) return { kind: 'database', header, ...(await fingerprint(path)) }
  const delta = form === 'delta' ? await readDeltaHeader(path) : undefined
  if (delta) return { kind: 'delta', ...delta, ...(await fingerprint(path)) }
  throw new CommandError(
    `${path} is not a signature bundle (guardimesh-signatures-….tar.zst), ClamAV database (.cvd, .cld, .cud) or delta (.cdiff).`,
  )
}

/** Returns the list even if a later part of the bundle is damaged. */
async function inspectBundle(path: string): Promise<Inspection> {
  let manifest: SignatureBundleManifest | undefined
  const onList = async (list: SignatureBundleManifest) => {
    manifest = list
  }
  try {
    const { list } = await readSignatureArchive(path, undefined, { onList })
    return { kind: 'bundle', manifest: list, problem: '' }
  } catch (error) {
    if (!manifest) throw error
    return { kind: 'bundle', manifest, problem: messageOf(error) }
  }
}

/** Describes the metadata of a file. Pure. */
export function describeInspection(inspection: Inspection): string[] {
  switch (inspection.kind) {
    case 'bundle':
      return [
        ...describeManifest(inspection.manifest),
        ...(inspection.problem === ''
          ? ['The bundle is complete. Its signature was not verified: use "signatures verify".']
          : inspection.problem.replaceAll('\n', '\n  ').split('\n')),
      ]
    case 'database':
      return [
        `version ${inspection.header.version} of ${inspection.header.builtAt}, ${inspection.header.signatures} signatures, functionality level ${inspection.header.functionalityLevel}`,
        `${formatBytes(inspection.sizeBytes)}, SHA-256 ${inspection.sha256}`,
        'Read from the header, not verified.',
      ]
    case 'delta':
      return [
        `delta to version ${inspection.version}${inspection.isComplete ? '' : ', truncated'}`,
        `${formatBytes(inspection.sizeBytes)}, SHA-256 ${inspection.sha256}`,
        'Read from the header, not verified.',
      ]
  }
}

/** Describes the list of a bundle. Pure. */
export function describeManifest({ createdAt, note, signer, files, requires }: SignatureBundleManifest): string[] {
  const version = (file: { readonly version?: number | undefined; readonly builtAt?: string | undefined }) =>
    file.version === undefined ? '' : `, version ${file.version}${file.builtAt === undefined ? '' : ` of ${file.builtAt}`}`
  return [
    `packed at ${createdAt} with the key ${signer}`,
    ...(note === '' ? [] : [`note: ${note}`]),
    ...files.map((file) => `  ${file.path}, ${formatBytes(file.sizeBytes)}${version(file)}`),
    ...(requires.length === 0 ? [] : ['requires at the destination:']),
    ...requires.map((one) => `  ${one.path}${'version' in one ? ` version ${one.version} or later` : ` with SHA-256 ${one.sha256}`}`),
  ]
}
