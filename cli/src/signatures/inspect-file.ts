import { basename } from 'node:path'
import { isSignatureBundleName, type SignatureBundleManifest } from '@guardimesh/contracts'
import { messageOf } from '@guardimesh/kit'
import { type ContainerHeader, fingerprint, readContainerHeader, readSignatureArchive } from '@guardimesh/signature-format'
import { CommandError } from '../command-error.js'
import { asLine, formatBytes } from '../terminal/format.js'
import { readStepHeader } from './read-step.js'
import { parseSourceName } from './source-name.js'

/** What a file says of itself. Nothing of it is proved. */
export type Inspection =
  | { readonly kind: 'bundle'; readonly manifest: SignatureBundleManifest; readonly problem: string }
  | { readonly kind: 'database'; readonly header: ContainerHeader; readonly sizeBytes: number; readonly sha256: string }
  | { readonly kind: 'step'; readonly version: number; readonly isWhole: boolean; readonly sizeBytes: number; readonly sha256: string }

/** @throws CommandError when it is neither a signature bundle nor a file of ClamAV; GuardError ARCHIVE_INVALID for a bundle without a list. */
export async function inspectFile(path: string): Promise<Inspection> {
  const name = basename(path)
  if (isSignatureBundleName(name)) return inspectBundle(path)
  const form = parseSourceName('clamav', name)?.form
  const header = form === 'container' ? await readContainerHeader(path) : undefined
  if (header) return { kind: 'database', header, ...(await fingerprint(path)) }
  const step = form === 'step' ? await readStepHeader(path) : undefined
  if (step) return { kind: 'step', ...step, ...(await fingerprint(path)) }
  throw new CommandError(
    `${path} is neither a signature bundle (guardimesh-signatures-….tar.zst) nor a database (.cvd, .cld, .cud) or step (.cdiff) of ClamAV.`,
  )
}

/** The list of a bundle that is damaged further on is shown, too. */
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

/** For a person. Pure. */
export function describeInspection(inspection: Inspection): string {
  return `${linesOf(inspection).map(asLine).join('\n')}\n`
}

function linesOf(inspection: Inspection): string[] {
  switch (inspection.kind) {
    case 'bundle':
      return [
        ...describeManifest(inspection.manifest),
        ...(inspection.problem === ''
          ? ['It is whole. Who signed it was not proved: "signatures verify" does that.']
          : inspection.problem.split('\n')),
      ]
    case 'database':
      return [
        `version ${inspection.header.version} of ${inspection.header.builtAt}, ${inspection.header.signatures} signatures, for engines of level ${inspection.header.functionalityLevel} and up`,
        `${formatBytes(inspection.sizeBytes)}, SHA-256 ${inspection.sha256}`,
        'This is what its header says; nothing was proved.',
      ]
    case 'step':
      return [
        `step to version ${inspection.version}${inspection.isWhole ? '' : '; it ends early'}`,
        `${formatBytes(inspection.sizeBytes)}, SHA-256 ${inspection.sha256}`,
        'This is what its header says; nothing was proved.',
      ]
  }
}

/** The list of a bundle, for a person. Pure. */
export function describeManifest({ createdAt, note, signer, files, requires }: SignatureBundleManifest): string[] {
  const version = (file: { readonly version?: number | undefined; readonly builtAt?: string | undefined }) =>
    file.version === undefined ? '' : `, version ${file.version}${file.builtAt === undefined ? '' : ` of ${file.builtAt}`}`
  return [
    `packed at ${createdAt} with the key ${signer}`,
    ...(note === '' ? [] : [`note: ${note}`]),
    ...files.map((file) => `  ${file.path}, ${formatBytes(file.sizeBytes)}${version(file)}`),
    ...(requires.length === 0 ? [] : ['made for a side that has:']),
    ...requires.map((one) => `  ${one.path}${'version' in one ? ` of version ${one.version}` : ` with SHA-256 ${one.sha256}`}`),
  ]
}
