import type { SignatureSource } from './collect-signatures.js'

/** Maximum number of deltas of a database in a bundle: two months of daily ones. Older destinations get the full database. */
const MAX_DELTAS = 60

/**
 * Finds the .cdiff files up to the version of a container without a gap, oldest first. Pure.
 *
 * @param fromVersion version that the first delta applies to; undefined for as many deltas as available.
 */
export function findDeltaChain(
  sources: readonly SignatureSource[],
  container: SignatureSource,
  fromVersion: number | undefined,
): SignatureSource[] {
  const stem = container.name.form === 'container' ? container.name.stem : ''
  const version = container.version ?? 0
  const first = Math.max(version - MAX_DELTAS, fromVersion ?? 0)
  const chain: SignatureSource[] = []
  for (let next = version; next > first; next -= 1) {
    const delta = sources.find(({ name }) => name.form === 'delta' && name.stem === stem && name.version === next)
    if (!delta) break
    chain.unshift(delta)
  }
  return chain
}
