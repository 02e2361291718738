import { createHash } from 'node:crypto'
import type { SignatureSettings } from '@guardimesh/contracts'

/** As in RollOut. */
const MAX_NODES = 5000

export interface CanaryChoice {
  readonly canary: SignatureSettings['canary']
  readonly generation: string
  /** Nodes that requested the catalogue recently. */
  readonly knownNames: readonly string[]
  /** Canary nodes of the rollout that this one replaces; they remain canary nodes. */
  readonly previousNames: readonly string[]
}

/**
 * Chooses the canary nodes: previous ones, configured ones, and a share of the others that differs with each generation. Pure.
 *
 * @returns sorted names; empty when all nodes get the generation immediately.
 */
export function chooseCanaries({ canary, generation, knownNames, previousNames: formerNames }: CanaryChoice): string[] {
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

/** Shuffles deterministically by generation. */
function shuffled(names: readonly string[], generation: string): string[] {
  const ranked = names.map((name) => ({ name, rank: createHash('sha256').update(`${generation}\n${name}`).digest('hex') }))
  return ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1)).map(({ name }) => name)
}
