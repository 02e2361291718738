import { componentName } from '@guardimesh/contracts'
import { bundledDatabaseUrl, type DatabaseAccess, externalDatabaseUrl, postgresPasswordSecret } from '../desired/database.js'
import { contentHash, type KubeObject } from '../desired/object.js'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import {
  administratorSecret,
  encryptionKeySecret,
  ingestionKeySecret,
  type LiveVolume,
  type PlatformSettings,
  type SignatureKeySettings,
} from '../desired/platform-settings.js'
import type { ChildContext } from '../desired/settings.js'
import { CATALOG_PUBLIC_KEY, signatureKeysSecret } from '../desired/signature-names.js'
import { CA_KEY } from '../desired/tls-names.js'
import { secretValue } from '../kube/secret-data.js'
import { findObject, type PlatformObservation } from './observe.js'
import { externalDatabasePorts, runningDatabaseUrl } from './running-database.js'

/** Collects the inputs of all desired objects. Pure. */
export function platformSettings(
  observed: PlatformObservation,
  context: ChildContext,
  spec: PlatformSpec,
  caBundle: string,
): PlatformSettings {
  const { owner } = observed
  const database = databaseAccess(observed, context, spec)
  const databaseUrls = [new URL(database.url), runningDatabaseUrl(observed.objects, context)]
  const administrator = spec.administrator.passwordSecret?.name ?? administratorSecret(owner.name)
  return {
    ...context,
    spec,
    caBundle,
    database,
    externalDatabasePorts: externalDatabasePorts(databaseUrls, context),
    administratorSecret: administrator,
    signatureKeys: signatureKeySettings(observed),
    encryptionKeyHash: contentHash(secretOf(observed, encryptionKeySecret(owner.name))?.data),
    setUpInputs: [administrator, ingestionKeySecret(owner.name)].map((name) => contentHash(secretOf(observed, name)?.data ?? null)),
    volumes: { postgres: liveVolume(observed, 'postgres'), 'signature-server': liveVolume(observed, 'signature-server') },
    hasBackendTlsPolicies: observed.optionalKinds.has('BackendTLSPolicy'),
  }
}

function secretOf(observed: PlatformObservation, name: string): KubeObject | undefined {
  return observed.userSecrets.get(name) ?? findObject(observed, 'Secret', name)
}

function signatureKeySettings(observed: PlatformObservation): SignatureKeySettings {
  const secret = secretOf(observed, signatureKeysSecret(observed.owner.name))
  return { catalogPublicKey: secretValue(secret, CATALOG_PUBLIC_KEY) ?? '', hash: contentHash(secret?.data) }
}

/** How processes will connect to the database of the spec. Pure. */
export function databaseAccess(observed: PlatformObservation, context: ChildContext, spec: PlatformSpec): DatabaseAccess {
  const { external } = spec.database
  if (spec.database.type === 'External' && external) {
    const secret = secretOf(observed, external.secret.name)
    const value = (key: string) => secretValue(secret, key)
    const hasAuthority = value(CA_KEY) !== undefined
    const url = externalDatabaseUrl({
      host: value('host') ?? '',
      port: value('port') ?? '5432',
      name: value('dbname') ?? '',
      user: value('username') ?? '',
      sslMode: external.sslMode,
      hasAuthority,
    })
    const secretKeys = ['password', ...(hasAuthority ? [CA_KEY] : [])]
    return { url, passwordSecret: external.secret.name, secretKeys, hash: contentHash([url, secret?.data]) }
  }
  const url = bundledDatabaseUrl(context)
  const passwordSecret = postgresPasswordSecret(observed.owner.name)
  return { url, passwordSecret, secretKeys: ['password'], hash: contentHash([url, secretOf(observed, passwordSecret)?.data]) }
}

interface ClaimSpec {
  readonly resources?: { readonly requests?: { readonly storage?: string } }
}

/** The existing volume of a component. Pure. */
export function liveVolume(observed: PlatformObservation, component: 'postgres' | 'signature-server'): LiveVolume | undefined {
  const volume = findObject(observed, 'PersistentVolumeClaim', componentName(observed.owner.name, component))
  const size = (volume?.spec as ClaimSpec | undefined)?.resources?.requests?.storage
  const { phase } = (volume?.status ?? {}) as { readonly phase?: string }
  return size === undefined ? undefined : { size, isBound: phase === 'Bound' }
}
