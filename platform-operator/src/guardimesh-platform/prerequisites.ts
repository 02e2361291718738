import { isIP } from 'node:net'
import type { PlatformCondition } from '@guardimesh/contracts'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import { secretValue } from '../kube/secret-data.js'
import { type Blocked, firstUnusableSecret, type SecretRequirement, specInvalid } from '../reconcile/blocked.js'
import type { PlatformObservation } from './observe.js'
import { parseTrustedKey } from './trusted-keys.js'

/** Why reconciling cannot proceed, with the condition that reports it. */
export interface PlatformBlocked extends Blocked {
  readonly condition: PlatformCondition
}

type Prerequisite = (spec: PlatformSpec, observed: PlatformObservation) => Blocked | undefined

/** In order of evaluation; the first unmet one is reported. */
const PREREQUISITES: readonly Prerequisite[] = [
  trustedKeysAreValid,
  notificationEgressIsValid,
  optionalKindsExist,
  secretsAreUsable,
  databaseSecretIsValid,
]

/** Checks everything that the user has to provide before any object is applied. Pure. */
export function firstUnmetPrerequisite(observed: PlatformObservation): PlatformBlocked | undefined {
  const { spec, specProblem } = observed
  if (!spec) return { condition: 'SpecAccepted', ...specInvalid(specProblem) }
  for (const check of PREREQUISITES) {
    const blocked = check(spec, observed)
    if (blocked) return { condition: 'SpecAccepted', ...blocked }
  }
  return undefined
}

/** cert-manager writes ca.crt for issuers with an authority of their own, not for those of a public service. Pure. */
export function issuerWithoutAuthority({ tls }: PlatformSpec): PlatformBlocked {
  return {
    condition: 'CertificatesReady',
    reason: 'SecretInvalid',
    message: `The certificates of issuer ${tls.issuerRef?.name} have no ca.crt, so the components cannot verify each other. Set tls.issuerRef to an issuer with its own certificate authority, such as one of kind CA.`,
  }
}

function trustedKeysAreValid({ signatureServer }: PlatformSpec): Blocked | undefined {
  const index = signatureServer.trustedKeys?.findIndex((pem) => !parseTrustedKey(pem)) ?? -1
  if (index < 0) return undefined
  return {
    reason: 'SpecInvalid',
    message: `signatureServer.trustedKeys[${index}] is not a public ed25519 key. Use the complete content of the .pub file that belongs to the signing key of the bundles.`,
  }
}

function notificationEgressIsValid({ notifications }: PlatformSpec): Blocked | undefined {
  const index = notifications?.egress?.findIndex(({ cidr }) => isIP(cidr.replace(/\/.*/, '')) === 0) ?? -1
  if (index < 0) return undefined
  return {
    reason: 'SpecInvalid',
    message: `notifications.egress[${index}].cidr is not an address with a prefix length. Use a form such as 10.20.0.7/32 or fd00:20::/64.`,
  }
}

function optionalKindsExist(spec: PlatformSpec, { optionalKinds }: PlatformObservation): Blocked | undefined {
  if (spec.console.exposure.type === 'Gateway' && !optionalKinds.has('HTTPRoute'))
    return {
      reason: 'SpecInvalid',
      message:
        'console.exposure.type is Gateway, but this cluster does not serve HTTPRoute. Install the Gateway API and restart the operator, or use another type.',
    }
  if (spec.tls.issuer === 'CertManager' && !optionalKinds.has('Certificate'))
    return {
      reason: 'SpecInvalid',
      message:
        'tls.issuer is CertManager, but cert-manager is not installed. Install it and restart the operator, or set tls.issuer to Operator.',
    }
  return undefined
}

function secretsAreUsable(spec: PlatformSpec, { userSecrets, owner }: PlatformObservation): Blocked | undefined {
  return firstUnusableSecret(requiredSecrets(spec), userSecrets, owner.namespace)
}

function requiredSecrets({ administrator, console, database, images, notifications }: PlatformSpec): SecretRequirement[] {
  const caSecret = notifications?.caSecret
  const required = (field: string, name: string | undefined, keys: readonly string[]) => (name === undefined ? [] : [{ field, name, keys }])
  return [
    ...required('administrator.passwordSecret', administrator.passwordSecret?.name, ['password']),
    ...required('console.certificateSecret', console.certificateSecret?.name, ['tls.crt', 'tls.key']),
    ...required('database.external.secret', database.external?.secret.name, ['host', 'dbname', 'username', 'password']),
    ...required('notifications.caSecret', caSecret?.name, caSecret ? [caSecret.key] : []),
    ...(images?.pullSecrets ?? []).flatMap(({ name }) => required('images.pullSecrets', name, ['.dockerconfigjson'])),
  ]
}

function databaseSecretIsValid({ database }: PlatformSpec, { userSecrets }: PlatformObservation): Blocked | undefined {
  const name = database.external?.secret.name
  if (name === undefined) return undefined
  const secret = userSecrets.get(name)
  const port = secretValue(secret, 'port')
  if (port !== undefined && !/^[1-9][0-9]{0,4}$/.test(port))
    return { reason: 'SecretInvalid', message: `The port in Secret ${name} is not a port number. Correct it.` }
  const host = secretValue(secret, 'host') ?? ''
  if (!/^[a-zA-Z0-9][-a-zA-Z0-9.]*$|^[0-9a-fA-F:]+$/.test(host))
    return { reason: 'SecretInvalid', message: `The host in Secret ${name} is neither a host name nor an address. Correct it.` }
  return undefined
}
