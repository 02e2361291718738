import { randomBytes } from 'node:crypto'
import { newApiKey } from '@guardimesh/kit'
import { postgresPasswordSecret } from '../desired/database.js'
import { child, type KubeObject, type ObjectRef, type Owner, refKey } from '../desired/object.js'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import { administratorSecret, ENCRYPTION_KEY, encryptionKeySecret, ingestionKeySecret } from '../desired/platform-settings.js'
import { signatureKeysSecret } from '../desired/signature-names.js'
import type { ObservedObjects } from '../kube/observed-objects.js'
import { secretData, secretValues } from '../kube/secret-data.js'
import { completeSignatureKeys } from './signature-keys.js'

type Values = Readonly<Record<string, string>>

/** A Secret that the operator generates once, with random values. */
export interface GeneratedSecretSpec {
  readonly name: string
  readonly component: string
  /** Completes the values: keeps the valid existing ones and generates the others. */
  readonly complete: (existing: Values) => Values
  /** Used only until an account exists. A password that is generated later would be wrong. */
  readonly isInitial?: boolean
  /** For a Secret that the stored data needs: it is kept or deleted with the database. Undefined: it is deleted with the platform. */
  readonly dataPolicy?: 'Retain' | 'Delete'
}

/** Size of an AES-256 key. */
const ENCRYPTION_KEY_BYTES = 32
/** 32 URL-safe characters with 192 random bits. */
const newPassword = () => randomBytes(24).toString('base64url')

/** The Secrets that the operator generates for a platform because the spec refers to none. Pure except for the random values. */
export function generatedSecretSpecs({ name }: Owner, spec: PlatformSpec): GeneratedSecretSpec[] {
  const { email, passwordSecret } = spec.administrator
  const password = (existing: Values) => ({ password: existing.password ?? newPassword() })
  // An invalid key is not replaced: it may be a mistake in a key that the stored data needs. The backend reports it and does not start.
  const encryptionKey = (existing: Values) => ({
    [ENCRYPTION_KEY]: existing[ENCRYPTION_KEY] ?? randomBytes(ENCRYPTION_KEY_BYTES).toString('base64'),
  })
  const apiKey = (existing: Values) => ({ 'api-key': existing['api-key'] ?? newApiKey().key })
  const account = (existing: Values) => ({ email: existing.email ?? email, ...password(existing) })
  return [
    { name: ingestionKeySecret(name), component: 'scanner', complete: apiKey },
    { name: signatureKeysSecret(name), component: 'signature-server', complete: completeSignatureKeys },
    { name: encryptionKeySecret(name), component: 'backend', complete: encryptionKey, dataPolicy: databasePolicy(spec) },
    ...(spec.database.isBundledNeeded ? [{ name: postgresPasswordSecret(name), component: 'postgres', complete: password }] : []),
    ...(passwordSecret === undefined
      ? [{ name: administratorSecret(name), component: 'backend', complete: account, isInitial: true }]
      : []),
  ]
}

/** An external database is never deleted with the platform. */
function databasePolicy({ database, dataPolicy }: PlatformSpec): 'Retain' | 'Delete' {
  return database.type === 'External' ? 'Retain' : dataPolicy
}

/**
 * Builds the Secret to write.
 *
 * @param existing the Secret as read from the API server; undefined if it does not exist.
 * @returns undefined if the existing Secret is complete and valid.
 */
export function buildSecretUpdate(
  owner: Owner,
  { name, component, complete, dataPolicy }: GeneratedSecretSpec,
  existing: KubeObject | undefined,
): KubeObject | undefined {
  const existingValues = secretValues(existing)
  const values = complete(existingValues)
  const isComplete = Object.entries(values).every(([key, value]) => existingValues[key] === value)
  if (existing && isComplete && hasOwnerOf(existing, dataPolicy)) return undefined
  const secret = child(owner, { apiVersion: 'v1', kind: 'Secret', name, component }, { type: 'Opaque', data: secretData(values) })
  const { uid, resourceVersion } = existing?.metadata ?? {}
  const { ownerReferences, ...metadata } = secret.metadata
  // An apply can remove only an owner that an apply has set, so a Secret that may lose its owner is created without one.
  const isOwned = dataPolicy === undefined || (dataPolicy === 'Delete' && existing !== undefined)
  // With the resource version, the write fails if another client repaired the Secret in the meantime.
  const version = uid && resourceVersion ? { uid, resourceVersion } : {}
  return { ...secret, metadata: { ...metadata, ...(isOwned && ownerReferences ? { ownerReferences } : {}), ...version } }
}

/** Whether the Secret has an owner exactly if its data policy requires one. */
function hasOwnerOf({ metadata }: KubeObject, dataPolicy: GeneratedSecretSpec['dataPolicy']): boolean {
  const isOwned = metadata.ownerReferences?.some(({ controller }) => controller) ?? false
  return dataPolicy === undefined || isOwned === (dataPolicy === 'Delete')
}

/**
 * Generated Secrets that need a repair according to the cache, which may be behind a repair of a moment ago. They are read from the API
 * server before they are overwritten: a replaced password would lock out every client.
 */
export function damagedSecrets(owner: Owner, spec: PlatformSpec, cached: ObservedObjects): ObjectRef[] {
  return generatedSecretSpecs(owner, spec).flatMap((secretSpec) => {
    const ref = { apiVersion: 'v1', kind: 'Secret', name: secretSpec.name }
    const existing = cached.get(refKey(ref))
    return existing && buildSecretUpdate(owner, secretSpec, existing) ? [ref] : []
  })
}
