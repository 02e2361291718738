import type { ConditionReason, SecretKey } from '@guardimesh/contracts'
import { secretValue } from '../kube/secret-data.js'
import type { ScannerObservation } from './observe.js'

/** Why nothing is done, and what a person can do about it. */
export interface ScannerBlocked {
  readonly reason: ConditionReason
  readonly message: string
}

/** The first thing that stands in the way; undefined when nothing does. Pure. */
export function firstUnmetPrerequisite(world: ScannerObservation): ScannerBlocked | undefined {
  const { spec, specProblem } = world
  if (!spec)
    return {
      reason: 'SpecInvalid',
      message: `The spec cannot be used: ${specProblem}. What runs is left as it is until the spec is corrected.`,
    }
  const needed: readonly (readonly [string, SecretKey | undefined])[] = [
    ['apiKeySecret', spec.apiKeySecret],
    ['backend.caSecret', spec.backend.caSecret],
    ['signatureServer.caSecret', spec.signatureServer.caSecret],
    ['signatureServer.catalogKeySecret', spec.signatureServer.catalogKeySecret],
    ...(spec.images?.pullSecrets ?? []).map(({ name }) => ['images.pullSecrets', { name, key: '.dockerconfigjson' }] as const),
  ]
  for (const [field, secret] of needed) {
    const blocked = secret && secretProblem(world, field, secret)
    if (blocked) return blocked
  }
  return undefined
}

function secretProblem(world: ScannerObservation, field: string, { name, key }: SecretKey): ScannerBlocked | undefined {
  const found = world.secrets.get(name)
  const where = `The Secret ${name}, which ${field} names,`
  if (!found) return { reason: 'SecretMissing', message: `${where} is not in the namespace ${world.owner.namespace}. Make it.` }
  if (secretValue(found, key) === undefined) return { reason: 'SecretInvalid', message: `${where} lacks ${key}. Add it.` }
  return undefined
}
