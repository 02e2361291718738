import { type GuardimeshPlatformSpec, IMAGE_NAMES, type ImageTable, imageReference } from '@guardimesh/contracts'
import { bundledDatabaseUrl, postgresPasswordSecret } from './database.js'
import type { Owner } from './object.js'
import { withPlatformDefaults } from './platform-defaults.js'
import { administratorSecret, type PlatformSettings } from './platform-settings.js'
import type { ChildContext, ImageSettings } from './settings.js'

export const anOwner = (parts: Partial<Owner> = {}): Owner => ({
  apiVersion: 'guardimesh.io/v1alpha1',
  kind: 'GuardimeshPlatform',
  name: 'guardimesh',
  namespace: 'guardimesh-system',
  uid: '00000000-0000-4000-8000-000000000001',
  ...parts,
})

export function aChildContext(spec: GuardimeshPlatformSpec = {}): ChildContext {
  const images = Object.fromEntries(IMAGE_NAMES.map((name, index) => [name, { digest: `sha256:${String(index).repeat(64)}` }]))
  const table: ImageTable = { version: '1.2.3', images: images as ImageTable['images'] }
  const registry = spec.images?.registry
  const references = Object.fromEntries(IMAGE_NAMES.map((name) => [name, imageReference(table, name, registry)]))
  return {
    owner: anOwner(),
    images: {
      version: table.version,
      references: references as ImageSettings['references'],
      pullPolicy: registry === undefined ? 'Never' : 'IfNotPresent',
      pullSecrets: (spec.images?.pullSecrets ?? []).map(({ name }) => name),
    },
    cluster: { domain: 'cluster.local', dnsServer: '10.96.0.10', listenHost: '::', kubeletFolder: '/var/lib/kubelet' },
  }
}

/** Settings of a platform with a bundled database whose Secrets exist. */
export function somePlatformSettings(spec: GuardimeshPlatformSpec = {}, parts: Partial<PlatformSettings> = {}): PlatformSettings {
  const context = aChildContext(spec)
  const { name } = context.owner
  return {
    ...context,
    spec: withPlatformDefaults(spec),
    caBundle: '-----BEGIN CERTIFICATE-----\nMII…\n-----END CERTIFICATE-----\n',
    database: { url: bundledDatabaseUrl(context), passwordSecret: postgresPasswordSecret(name), secretKeys: ['password'], hash: 'd' },
    externalDatabasePorts: [],
    administratorSecret: administratorSecret(name),
    signatureKeys: { catalogPublicKey: '-----BEGIN PUBLIC KEY-----\nMCo…\n-----END PUBLIC KEY-----\n', hash: 's' },
    encryptionKeyHash: 'e',
    setUpInputs: ['a', 'b'],
    volumes: { postgres: undefined, 'signature-server': undefined },
    hasBackendTlsPolicies: false,
    ...parts,
  }
}
