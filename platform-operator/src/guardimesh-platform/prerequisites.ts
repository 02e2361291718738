import { createPublicKey } from 'node:crypto'
import { isIP } from 'node:net'
import { ANNOTATIONS, type ConditionReason, type PlatformCondition } from '@guardimesh/contracts'
import { secretValue } from '../kube/secret-data.js'
import type { PlatformObservation } from './observe.js'

/** Why nothing is done, and what a person can do about it. */
export interface Blocked {
  readonly condition: PlatformCondition
  readonly reason: ConditionReason
  readonly message: string
  readonly retryAfterMs: number
}

type Prerequisite = (world: PlatformObservation) => Blocked | undefined

/** Secrets that people make are not watched, so they are looked at again soon. */
const LOOK_AGAIN_MS = 15_000

const specRefused = (reason: ConditionReason, message: string): Blocked => ({
  condition: 'SpecAccepted',
  reason,
  message,
  retryAfterMs: LOOK_AGAIN_MS,
})

/** In their order; the first that fails is told. */
export const PREREQUISITES: readonly Prerequisite[] = [
  specUnderstood,
  trustedKeysUsable,
  notificationEgressUsable,
  optionalKindsThere,
  secretsThere,
  databaseSecretUsable,
]

/** Whether the annotation asks to leave everything as it is. Pure. */
export function isPaused(world: Pick<PlatformObservation, 'resource'>): boolean {
  return world.resource.metadata.annotations?.[ANNOTATIONS.paused] === 'true'
}

/** Pure. */
export function firstUnmetPrerequisite(world: PlatformObservation): Blocked | undefined {
  for (const check of PREREQUISITES) {
    const blocked = check(world)
    if (blocked) return blocked
  }
  return undefined
}

function specUnderstood({ spec, specProblem }: PlatformObservation): Blocked | undefined {
  if (spec) return undefined
  return specRefused('SpecInvalid', `The spec cannot be used: ${specProblem}. What runs is left as it is until the spec is corrected.`)
}

function trustedKeysUsable({ spec }: PlatformObservation): Blocked | undefined {
  const index = spec?.signatureServer.trustedKeys?.findIndex((pem) => !isPublicSigningKey(pem)) ?? -1
  if (index < 0) return undefined
  return specRefused(
    'SpecInvalid',
    `signatureServer.trustedKeys[${index}] is not a public ed25519 key. Give the whole text of the .pub file of the key that signs the bundles.`,
  )
}

function notificationEgressUsable({ spec }: PlatformObservation): Blocked | undefined {
  const index = spec?.notifications?.egress?.findIndex(({ cidr }) => isIP(cidr.replace(/\/.*/, '')) === 0) ?? -1
  if (index < 0) return undefined
  return specRefused(
    'SpecInvalid',
    `notifications.egress[${index}].cidr is no address with a prefix. Give one such as 10.20.0.7/32 or fd00:20::/64.`,
  )
}

function isPublicSigningKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}

function optionalKindsThere({ spec, optionalKinds }: PlatformObservation): Blocked | undefined {
  if (spec?.console.exposure.type === 'Gateway' && !optionalKinds.has('HTTPRoute'))
    return specRefused(
      'SpecInvalid',
      'console.exposure.type is Gateway, but this cluster has no HTTPRoute. Install the Gateway API and restart the operator, or choose another type.',
    )
  if (spec?.tls.issuer === 'CertManager' && !optionalKinds.has('Certificate'))
    return specRefused(
      'SpecInvalid',
      'tls.issuer is CertManager, but this cluster has no cert-manager. Install it and restart the operator, or set tls.issuer to Operator.',
    )
  return undefined
}

interface NeededSecret {
  readonly field: string
  readonly name: string
  readonly keys: readonly string[]
}

function secretsThere(world: PlatformObservation): Blocked | undefined {
  for (const { field, name, keys } of neededSecrets(world)) {
    const secret = world.userSecrets.get(name)
    if (!secret)
      return specRefused(
        'SecretMissing',
        `The Secret ${name}, which ${field} names, is not in the namespace ${world.owner.namespace}. Make it.`,
      )
    const missing = keys.filter((key) => secretValue(secret, key) === undefined)
    if (missing.length > 0)
      return specRefused('SecretInvalid', `The Secret ${name}, which ${field} names, lacks ${missing.join(', ')}. Add what is missing.`)
  }
  return undefined
}

function neededSecrets({ spec }: PlatformObservation): NeededSecret[] {
  const { administrator, console, database, images, notifications } = spec ?? {}
  const { caSecret } = notifications ?? {}
  const needed = (field: string, name: string | undefined, keys: readonly string[]) => (name === undefined ? [] : [{ field, name, keys }])
  return [
    ...needed('administrator.passwordSecret', administrator?.passwordSecret?.name, ['password']),
    ...needed('console.certificateSecret', console?.certificateSecret?.name, ['tls.crt', 'tls.key']),
    ...needed('database.external.secret', database?.external?.secret.name, ['host', 'dbname', 'username', 'password']),
    ...needed('notifications.caSecret', caSecret?.name, caSecret ? [caSecret.key] : []),
    ...(images?.pullSecrets ?? []).flatMap(({ name }) => needed('images.pullSecrets', name, ['.dockerconfigjson'])),
  ]
}

function databaseSecretUsable({ spec, userSecrets: givenSecrets }: PlatformObservation): Blocked | undefined {
  const name = spec?.database.external?.secret.name
  if (name === undefined) return undefined
  const secret = givenSecrets.get(name)
  const port = secretValue(secret, 'port')
  if (port !== undefined && !/^[1-9][0-9]{0,4}$/.test(port))
    return specRefused('SecretInvalid', `The Secret ${name} has a port that is no number. Correct it.`)
  const host = secretValue(secret, 'host') ?? ''
  if (!/^[a-zA-Z0-9][-a-zA-Z0-9.]*$|^[0-9a-fA-F:]+$/.test(host))
    return specRefused('SecretInvalid', `The Secret ${name} has a host that is neither a name nor an address. Correct it.`)
  return undefined
}
