import type { SignatureSource } from './collect-signatures.js'

/** Steps of one database in one bundle: two months of a daily one. A side that is further behind gets the whole of it. */
const STEPS_MAX = 60

/**
 * The .cdiff files that lead to a container's version without a gap, oldest first. Pure.
 *
 * @param fromVersion where they are to begin; none are taken from before it.
 */
export function stepsTo(
  sources: readonly SignatureSource[],
  container: SignatureSource,
  fromVersion: number | undefined,
): SignatureSource[] {
  const stem = container.name.form === 'container' ? container.name.stem : ''
  const version = container.version ?? 0
  const first = Math.max(version - STEPS_MAX, fromVersion ?? 0)
  const chain: SignatureSource[] = []
  for (let number = version; number > first; number -= 1) {
    const step = sources.find(({ name }) => name.form === 'step' && name.stem === stem && name.number === number)
    if (!step) break
    chain.unshift(step)
  }
  return chain
}
