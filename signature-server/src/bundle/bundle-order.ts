import type { SignatureBundleManifest, SignatureBundleRequirement, SignatureManifestFile } from '@guardimesh/contracts'
import { DAY_MS } from '@guardimesh/contracts'
import { refusal } from '../refusal.js'
import type { SignatureBundle } from './read-signature-bundle.js'

/** `createdAt` of the newest imported bundle by fingerprint of its key. Persisted across restarts. */
export type NewestBundles = Readonly<Record<string, string>>

type Signed = Pick<SignatureBundle, 'signedBy'> & { readonly manifest: Pick<SignatureBundleManifest, 'createdAt'> }

/**
 * Rejects a bundle from the future: every later bundle of its key would count as older. Allows one day of clock skew. Pure.
 *
 * @throws the refusal, check `bundle`.
 */
export function requireNoFutureBundle({ manifest: { createdAt } }: Pick<Signed, 'manifest'>, now: Date): void {
  if (Date.parse(createdAt) <= now.getTime() + DAY_MS) return
  throw refusal(
    'bundle',
    `The bundle was packed at ${createdAt}, which is in the future (server time ${now.toISOString()}). Correct the clock of this server, or of the packing machine and pack the bundle again.`,
  )
}

/**
 * Rejects a bundle that is older than an imported bundle of the same key: old removable media must not restore old signatures. Importing
 * the same bundle again is allowed. Pure.
 *
 * @throws the refusal, check `bundle`.
 */
export function requireNoOlderBundle({ manifest, signedBy }: Signed, newest: NewestBundles): void {
  const before = newest[signedBy]
  if (before === undefined || Date.parse(manifest.createdAt) >= Date.parse(before)) return
  throw refusal(
    'bundle',
    `The bundle was packed at ${manifest.createdAt}, but a newer one of the same key (${before}) was imported already. ` +
      'Import a newer bundle. To return to older signatures, roll back to a kept generation.',
  )
}

/** Returns the list including this bundle. Pure. */
export function withBundle(newest: NewestBundles, { manifest, signedBy }: Signed): NewestBundles {
  const before = newest[signedBy]
  if (before !== undefined && Date.parse(before) >= Date.parse(manifest.createdAt)) return newest
  return { ...newest, [signedBy]: manifest.createdAt }
}

/**
 * Rejects a bundle whose requirements are not met by the head. Pure.
 *
 * @param files of the head generation.
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
    `The bundle requires ${missing.slice(0, 5).map(describe).join(', ')}${missing.length > 5 ? ' and more' : ''}, which this installation does not have. ` +
      'Pack it again without --since, or with a current status file of this installation.',
  )
}

function fulfils(file: Pick<SignatureManifestFile, 'path' | 'sha256' | 'version'>, requirement: SignatureBundleRequirement): boolean {
  if ('sha256' in requirement) return file.path === requirement.path && file.sha256 === requirement.sha256
  // A daily.cvd becomes a daily.cld when deltas are applied.
  return stemOf(file.path) === stemOf(requirement.path) && file.version !== undefined && file.version >= requirement.version
}

function describe(requirement: SignatureBundleRequirement): string {
  return 'version' in requirement
    ? `${requirement.path} version ${requirement.version} or later`
    : `${requirement.path} with SHA-256 ${requirement.sha256}`
}

function stemOf(path: string): string {
  return path.replace(/\.(cvd|cld|cud)$/, '')
}
