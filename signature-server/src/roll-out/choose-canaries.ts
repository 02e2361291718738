import { createHash } from 'node:crypto'
import type { SignatureSettings } from '@guardimesh/contracts'

/** As in RollOut. */
const MAX_NODES = 5000

export interface CanaryChoice {
  readonly canary: SignatureSettings['canary']
  readonly generation: string
  /** Nodes that asked for the catalogue of late. */
  readonly knownNames: readonly string[]
  /** Those of the roll-out that this one takes the place of: they stay. */
  readonly formerNames: readonly string[]
}

/**
 * Which nodes get a generation first: the former, the named, and a share of the others that is another one with each generation. Pure.
 *
 * @returns sorted; empty when everybody is to get it at once.
 */
export function chooseCanaries({ canary, generation, knownNames, formerNames }: CanaryChoice): string[] {
  const chosen = new Set([...formerNames, ...canary.nodes])
  const named = new Set(canary.nodes)
  const others = knownNames.filter((name) => !named.has(name))
  const wantedCount = Math.min(others.length, Math.floor((knownNames.length * canary.percent) / 100))
  let count = others.filter((name) => chosen.has(name)).length
  for (const name of shuffled(others, generation)) {
    if (count >= wantedCount) break
    if (chosen.has(name)) continue
    chosen.add(name)
    count += 1
  }
  return [...chosen].slice(0, MAX_NODES).sort()
}

/** The same order for the same generation. */
function shuffled(names: readonly string[], generation: string): string[] {
  const ranked = names.map((name) => ({ name, rank: createHash('sha256').update(`${generation}\n${name}`).digest('hex') }))
  return ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1)).map(({ name }) => name)
}
