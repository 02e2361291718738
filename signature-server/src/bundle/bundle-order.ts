import type { SignatureBundleManifest, SignatureBundleRequirement, SignatureManifestFile } from '@guardimesh/contracts'
import { DAY_MS } from '@guardimesh/contracts'
import { refusal } from '../refusal.js'
import type { SignatureBundle } from './read-signature-bundle.js'

/** By fingerprint of the key: `createdAt` of the newest bundle that was taken. The importer keeps it over restarts. */
export type NewestBundles = Readonly<Record<string, string>>

type Signed = Pick<SignatureBundle, 'signedBy'> & { readonly manifest: Pick<SignatureBundleManifest, 'createdAt'> }

/**
 * Refuses a bundle from the future: after it, no other one of its key would be new enough. A day is for clocks that are not quite right. Pure.
 *
 * @throws the refusal, check `bundle`.
 */
export function requireNoFutureBundle({ manifest: { createdAt } }: Pick<Signed, 'manifest'>, now: Date): void {
  if (Date.parse(createdAt) <= now.getTime() + DAY_MS) return
  throw refusal(
    'bundle',
    `The bundle says that it was packed at ${createdAt}, and here it is ${now.toISOString()}. Set the clock that is wrong, there or here; pack it again when it was the other side's.`,
  )
}

/**
 * Refuses a bundle that is older than one of the same key that was taken before: an old stick must not bring old signatures back. The same
 * bundle may come again. Pure.
 *
 * @throws the refusal, check `bundle`.
 */
export function requireNoOlderBundle({ manifest, signedBy }: Signed, newest: NewestBundles): void {
  const before = newest[signedBy]
  if (before === undefined || Date.parse(manifest.createdAt) >= Date.parse(before)) return
  throw refusal(
    'bundle',
    `The bundle was packed at ${manifest.createdAt}, but one of the same key of ${before} was taken already. ` +
      'Bring a newer one. To go back to older signatures, roll back to a kept generation.',
  )
}

/** The list with this bundle in it, for when it was published. Pure. */
export function withBundle(newest: NewestBundles, { manifest, signedBy }: Signed): NewestBundles {
  const before = newest[signedBy]
  if (before !== undefined && Date.parse(before) >= Date.parse(manifest.createdAt)) return newest
  return { ...newest, [signedBy]: manifest.createdAt }
}

/**
 * Refuses a bundle that left out what is not here. Pure.
 *
 * @param files of the generation that it is to build on.
 * @throws the refusal, check `bundle`.
 */
export function requireBase(
  { requires }: Pick<SignatureBundleManifest, 'requires'>,
  files: readonly Pick<SignatureManifestFile, 'path' | 'sha256' | 'version'>[],
): void {
  const missing = requires.filter((requirement) => !files.some((file) => fulfils(file, requirement)))
  if (missing.length === 0) return
  throw refusal(
    'bundle',
    `The bundle was packed for a side that has ${missing.slice(0, 5).map(describe).join(', ')}${missing.length > 5 ? ' and more' : ''}, which is not so here. ` +
      'Pack it again without --since, or with a status file of this installation.',
  )
}

function fulfils(file: Pick<SignatureManifestFile, 'path' | 'sha256' | 'version'>, requirement: SignatureBundleRequirement): boolean {
  if ('sha256' in requirement) return file.path === requirement.path && file.sha256 === requirement.sha256
  // A daily.cvd that was updated here is a daily.cld.
  return stemOf(file.path) === stemOf(requirement.path) && file.version !== undefined && file.version >= requirement.version
}

function describe(requirement: SignatureBundleRequirement): string {
  return 'version' in requirement ? `${requirement.path} of version ${requirement.version}` : `${requirement.path} as it was packed`
}

function stemOf(path: string): string {
  return path.replace(/\.(cvd|cld|cud)$/, '')
}
