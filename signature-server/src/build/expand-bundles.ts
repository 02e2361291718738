import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { signatureBundleOf } from '@guardimesh/contracts'
import { importFormOf } from '@guardimesh/signature-format'
import { type NewestBundles, requireBase, requireNoFutureBundle, requireNoOlderBundle } from '../bundle/bundle-order.js'
import { readSignatureBundle, type SignatureBundle } from '../bundle/read-signature-bundle.js'
import type { Source } from '../generation/source-set.js'
import { refusal } from '../refusal.js'
import type { Addition } from './collect-sources.js'

/** Prefix of the folders in a draft that bundles are unpacked to. */
export const BUNDLE_FOLDER = 'bundle-'

export interface ExpandOptions {
  readonly draft: string
  readonly trustedKeysFolder: string | undefined
  readonly newestBundles: NewestBundles
  /** Sources of the head. */
  readonly before: readonly Source[]
}

/** The files of bundles and the files imported directly. */
export interface ExpandedAdditions {
  readonly additions: readonly Addition[]
  readonly bundles: readonly SignatureBundle[]
}

/** Replaces signed bundles with their files. @throws the refusal of an invalid bundle. */
export async function expandBundles(
  additions: readonly Addition[],
  options: ExpandOptions,
  signal: AbortSignal,
): Promise<ExpandedAdditions> {
  const { draft, trustedKeysFolder, newestBundles, before } = options
  const isBundle = ({ kind, name }: Addition) => importFormOf(kind, name) === 'bundle'
  // All volumes of a bundle are in one folder, so one of them is enough to read it.
  const volumes = new Map(additions.filter(isBundle).map((addition) => [signatureBundleOf(addition.name), addition]))
  const bundles: SignatureBundle[] = []
  const unpacked: Addition[] = []
  for (const [n, { sourcePath, isDowngradeAllowed }] of [...volumes.values()].entries()) {
    const targetFolder = join(draft, `${BUNDLE_FOLDER}${n}`)
    await mkdir(targetFolder)
    const bundle = await readSignatureBundle({ path: sourcePath, trustedKeysFolder, targetFolder }, signal)
    requireNoFutureBundle(bundle, new Date())
    requireNoOlderBundle(bundle, newestBundles)
    requireBase(
      bundle.manifest,
      before.map((source) => ({ ...source, path: `${source.kind}/${source.name}` })),
    )
    bundles.push(bundle)
    for (const { name, kind, path, sizeBytes } of bundle.files) {
      const form = importFormOf(kind, name)
      if (form === undefined || form === 'bundle')
        throw refusal('name', `${name} in the bundle is not a valid name of a signature file. Pack the bundle without it.`)
      unpacked.push({ name, kind, sourcePath: path, sizeBytes, isDowngradeAllowed, isFromTrustedBundle: true })
    }
  }
  return { additions: [...additions.filter((addition) => !isBundle(addition)), ...unpacked], bundles }
}
