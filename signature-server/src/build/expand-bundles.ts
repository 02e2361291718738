import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { signatureBundleOf } from '@guardimesh/contracts'
import { importFormOf } from '@guardimesh/signature-format'
import { type NewestBundles, requireBase, requireNoFutureBundle, requireNoOlderBundle } from '../bundle/bundle-order.js'
import { readSignatureBundle, type SignatureBundle } from '../bundle/read-signature-bundle.js'
import type { Source } from '../generation/source-set.js'
import { refusal } from '../refusal.js'
import type { Addition } from './collect-sources.js'

/** Where bundles are unpacked, in a draft. */
export const BUNDLE_FOLDER = 'bundle-'

export interface ExpandOptions {
  readonly draft: string
  readonly trustedKeysFolder: string | undefined
  readonly newestBundles: NewestBundles
  /** Sources of the head. */
  readonly before: readonly Source[]
}

/** What came in bundles beside what came as it is. */
export interface Expanded {
  readonly additions: readonly Addition[]
  readonly bundles: readonly SignatureBundle[]
}

/** Puts the files of signed bundles in the place of the bundles. @throws the refusal of a bundle that does not hold. */
export async function expandBundles(additions: readonly Addition[], options: ExpandOptions, signal: AbortSignal): Promise<Expanded> {
  const { draft, trustedKeysFolder, newestBundles, before } = options
  const isBundle = ({ kind, name }: Addition) => importFormOf(kind, name) === 'bundle'
  // One volume stands for all of them: they lie in one folder.
  const volumes = new Map(additions.filter(isBundle).map((addition) => [signatureBundleOf(addition.name), addition]))
  const bundles: SignatureBundle[] = []
  const unpacked: Addition[] = []
  for (const [n, { sourcePath, mayBeOlder }] of [...volumes.values()].entries()) {
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
        throw refusal('name', `${name} in the bundle is not the name of anything that can be taken. Pack it without.`)
      unpacked.push({ name, kind, sourcePath: path, sizeBytes, mayBeOlder, isVouched: true })
    }
  }
  return { additions: [...additions.filter((addition) => !isBundle(addition)), ...unpacked], bundles }
}
