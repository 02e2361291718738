import { randomBytes } from 'node:crypto'
import { newApiKey } from '@guardimesh/kit'
import { postgresPasswordSecret } from '../desired/database.js'
import { child, type KubeObject, type Owner } from '../desired/object.js'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import { administratorSecret, ingestionKeySecret } from '../desired/platform-settings.js'
import { signatureKeysSecret } from '../desired/signature-names.js'
import { secretData, secretValues } from '../kube/secret-data.js'
import { signatureKeys } from './signature-keys.js'

type Values = Readonly<Record<string, string>>

/** A Secret that is made once, with values that nobody chose. */
export interface GeneratedSecretSpec {
  readonly name: string
  readonly component: string
  /** All that it shall hold: of what it holds already, everything that is good. */
  readonly values: (found: Values) => Values
}

/** 32 url-safe characters: 192 random bits. */
const newPassword = () => randomBytes(24).toString('base64url')

/** The Secrets that a platform needs and nobody gave. Pure but for their values. */
export function generatedSecretSpecs({ name }: Owner, spec: PlatformSpec): GeneratedSecretSpec[] {
  const { email, passwordSecret } = spec.administrator
  const password = (found: Values) => ({ password: found.password ?? newPassword() })
  const apiKey = (found: Values) => ({ 'api-key': found['api-key'] ?? newApiKey().key })
  const account = (found: Values) => ({ email: found.email ?? email, ...password(found) })
  return [
    { name: ingestionKeySecret(name), component: 'scanner', values: apiKey },
    { name: signatureKeysSecret(name), component: 'signature-server', values: signatureKeys },
    ...(spec.database.type === 'Bundled' ? [{ name: postgresPasswordSecret(name), component: 'postgres', values: password }] : []),
    ...(passwordSecret === undefined ? [{ name: administratorSecret(name), component: 'backend', values: account }] : []),
  ]
}

/** The Secret as it shall be; undefined when it is. @param live as the API server has it; undefined when it is not there. */
export function buildSecretUpdate(
  owner: Owner,
  { name, component, values }: GeneratedSecretSpec,
  live: KubeObject | undefined,
): KubeObject | undefined {
  const found = secretValues(live)
  const wanted = values(found)
  if (live && Object.entries(wanted).every(([key, value]) => found[key] === value)) return undefined
  const secret = child(owner, { apiVersion: 'v1', kind: 'Secret', name, component }, { type: 'Opaque', data: secretData(wanted) })
  const { uid, resourceVersion } = live?.metadata ?? {}
  // With the version, what somebody else put right in the meantime is not written over.
  return { ...secret, metadata: { ...secret.metadata, ...(uid && resourceVersion ? { uid, resourceVersion } : {}) } }
}
