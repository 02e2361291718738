import { randomBytes } from 'node:crypto'
import { newApiKey } from '@guardimesh/kit'
import { postgresPasswordSecret } from '../desired/database.js'
import { child, type KubeObject, type Owner } from '../desired/object.js'
import type { PlatformSpec } from '../desired/platform-defaults.js'
import { administratorSecret, ingestionKeySecret } from '../desired/platform-settings.js'
import { secretData } from '../kube/secret-data.js'

/** A Secret that is made once, with values that nobody chose. */
export interface GeneratedSecret {
  readonly name: string
  readonly component: string
  readonly keys: readonly string[]
  readonly values: () => Record<string, string>
}

/** 32 url-safe characters: 192 random bits. */
const newPassword = () => randomBytes(24).toString('base64url')

/** The Secrets that a platform needs and nobody gave. Pure but for their values. */
export function generatedSecrets({ name }: Owner, spec: PlatformSpec): GeneratedSecret[] {
  const password = { keys: ['password'], values: () => ({ password: newPassword() }) }
  const { email, passwordSecret } = spec.administrator
  return [
    { name: ingestionKeySecret(name), component: 'scanner', keys: ['api-key'], values: () => ({ 'api-key': newApiKey().key }) },
    ...(spec.database.type === 'Bundled' ? [{ name: postgresPasswordSecret(name), component: 'postgres', ...password }] : []),
    ...(passwordSecret === undefined
      ? [{ name: administratorSecret(name), component: 'backend', keys: ['password'], values: () => ({ email, password: newPassword() }) }]
      : []),
  ]
}

/** The Secret as it is created. */
export function newSecret(owner: Owner, { name, component, values }: GeneratedSecret): KubeObject {
  const body = { type: 'Opaque', data: secretData(values()) }
  return child(owner, { apiVersion: 'v1', kind: 'Secret', name, component }, body)
}
