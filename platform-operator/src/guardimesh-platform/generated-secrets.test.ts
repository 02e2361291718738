import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { GuardimeshPlatformSpec } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { anOwner } from '../desired/fixtures.fixture.js'
import { type KubeObject, ownerReference, refKey } from '../desired/object.js'
import { withPlatformDefaults } from '../desired/platform-defaults.js'
import { firstForeignObject } from '../kube/observed-objects.js'
import { secretData, secretValues } from '../kube/secret-data.js'
import { buildSecretUpdate, type GeneratedSecretSpec, generatedSecretSpecs } from './generated-secrets.js'

const owner = anOwner({ name: 'gm' })
const specOf = (name: string, email = 'first@site.example') => {
  const found = generatedSecretSpecs(owner, withPlatformDefaults({ administrator: { email } })).find((secret) => secret.name === name)
  if (!found) throw new Error(`no Secret ${name}`)
  return found
}
const SIGNATURE_KEYS = specOf('gm-signature-keys')
const ENCRYPTION = 'gm-encryption-key'
const encryptionSpec = (spec: GuardimeshPlatformSpec): GeneratedSecretSpec =>
  generatedSecretSpecs(owner, withPlatformDefaults(spec)).find(({ name }) => name === ENCRYPTION) as GeneratedSecretSpec

function aSecret(values: Readonly<Record<string, string>>): KubeObject {
  const metadata = { name: 'gm-signature-keys', uid: 'u', resourceVersion: '7' }
  return { apiVersion: 'v1', kind: 'Secret', metadata, data: secretData(values) }
}

test('generates a key pair for the catalogue and a long management key', () => {
  const generated = secretValues(buildSecretUpdate(owner, SIGNATURE_KEYS, undefined))
  expect(Object.keys(generated).sort()).toEqual(['catalog.key', 'catalog.pub', 'management-key'])
  const signature = sign(null, Buffer.from('catalogue'), createPrivateKey(generated['catalog.key'] ?? ''))
  expect(verify(null, Buffer.from('catalogue'), createPublicKey(generated['catalog.pub'] ?? ''), signature)).toBe(true)
  expect(generated['catalog.key']).toMatch(/^-----BEGIN PRIVATE KEY-----/)
  expect(generated['catalog.pub']).toMatch(/^-----BEGIN PUBLIC KEY-----/)
  expect(generated['management-key']).toMatch(/^[A-Za-z0-9_-]{32}$/)
})

const intact = secretValues(buildSecretUpdate(owner, SIGNATURE_KEYS, undefined))
const other = secretValues(buildSecretUpdate(owner, SIGNATURE_KEYS, undefined))
const { privateKey: wrongType } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

test('does not write intact keys again', () => {
  expect(buildSecretUpdate(owner, SIGNATURE_KEYS, aSecret({ ...intact, extra: 'of another client' }))).toBeUndefined()
})

test.each([
  { name: 'a missing public key', damage: { 'catalog.pub': '' }, renewed: [] },
  { name: 'the public key of another pair', damage: { 'catalog.pub': other['catalog.pub'] }, renewed: [] },
  { name: 'a missing management key', damage: { 'management-key': '' }, renewed: ['management-key'] },
  { name: 'a management key with a newline', damage: { 'management-key': 'short\n' }, renewed: ['management-key'] },
  { name: 'a missing private key', damage: { 'catalog.key': '' }, renewed: ['catalog.key', 'catalog.pub'] },
  { name: 'an invalid private key', damage: { 'catalog.key': 'hello' }, renewed: ['catalog.key', 'catalog.pub'] },
  {
    name: 'a private key of another type',
    damage: { 'catalog.key': wrongType.export({ type: 'pkcs8', format: 'pem' }).toString() },
    renewed: ['catalog.key', 'catalog.pub'],
  },
])('repairs $name and keeps the intact values', ({ damage, renewed }) => {
  const repaired = buildSecretUpdate(owner, SIGNATURE_KEYS, aSecret({ ...intact, ...damage } as Record<string, string>))
  // The write applies only to the version that was read.
  expect(repaired?.metadata).toMatchObject({ uid: 'u', resourceVersion: '7' })
  const values = secretValues(repaired)
  expect(Object.keys(intact).filter((key) => values[key] !== intact[key])).toEqual(renewed)
  expect(buildSecretUpdate(owner, SIGNATURE_KEYS, aSecret(values))).toBeUndefined()
})

test('generates a missing password and keeps an existing e-mail address, even if the spec has another one', () => {
  const existing = aSecret({ email: 'old@site.example', password: '' })
  const values = secretValues(buildSecretUpdate(owner, specOf('gm-administrator'), existing))
  expect(values.email).toBe('old@site.example')
  expect(values.password).toMatch(/^[A-Za-z0-9_-]{32}$/)
  expect(buildSecretUpdate(owner, specOf('gm-administrator', 'new@site.example'), aSecret(values))).toBeUndefined()
})

const RETAINED = encryptionSpec({})
const created = buildSecretUpdate(owner, RETAINED, undefined) as KubeObject
const stored = (secret: KubeObject, ownerReferences: KubeObject['metadata']['ownerReferences'] = []): KubeObject => ({
  ...secret,
  metadata: { ...secret.metadata, uid: 'u', resourceVersion: '7', ownerReferences },
})

test('generates the encryption key once and keeps every value that is not empty', () => {
  const value = secretValues(created)['encryption-key'] ?? ''
  expect(Buffer.from(value, 'base64')).toHaveLength(32)
  expect(secretValues(buildSecretUpdate(owner, RETAINED, undefined))['encryption-key']).not.toBe(value)
  for (const text of [value, `new-key\n${value}`, 'a mistake'])
    expect(buildSecretUpdate(owner, RETAINED, stored({ ...created, data: secretData({ 'encryption-key': text }) }))).toBeUndefined()
  const repaired = buildSecretUpdate(owner, RETAINED, stored({ ...created, data: { 'encryption-key': '' } }))
  expect(Buffer.from(secretValues(repaired)['encryption-key'] ?? '', 'base64')).toHaveLength(32)
})

test.each<{ name: string; spec: GuardimeshPlatformSpec; isOwned: boolean }>([
  { name: 'retained volumes', spec: {}, isOwned: false },
  { name: 'deleted volumes', spec: { dataPolicy: 'Delete' }, isOwned: true },
  {
    name: 'an external database, which remains in any case',
    spec: { dataPolicy: 'Delete', database: { type: 'External', external: { secret: { name: 'db' } } } },
    isOwned: false,
  },
])('keeps or deletes the encryption key like the database: $name', ({ spec, isOwned }) => {
  const secretSpec = encryptionSpec(spec)
  const references = [ownerReference(owner)]
  // The API server would keep the owner of a created object, but not that of an applied one.
  expect(buildSecretUpdate(owner, secretSpec, undefined)?.metadata.ownerReferences).toBeUndefined()
  const [right, wrong] = isOwned ? [references, []] : [[], references]
  expect(buildSecretUpdate(owner, secretSpec, stored(created, right))).toBeUndefined()
  const update = buildSecretUpdate(owner, secretSpec, stored(created, wrong))
  expect(update?.metadata).toMatchObject({ uid: 'u', resourceVersion: '7' })
  expect(update?.metadata.ownerReferences).toEqual(isOwned ? references : undefined)
  expect(secretValues(update)).toEqual(secretValues(created))
})

test('adopts the encryption key of an earlier installation, and no other Secret without an owner', () => {
  const ref = { apiVersion: 'v1', kind: 'Secret', name: ENCRYPTION }
  const foreign = (object: KubeObject) => firstForeignObject(owner, [ref], new Map([[refKey(ref), object]]))
  expect(foreign(stored(created))).toBeUndefined()
  expect(foreign({ ...stored(created), metadata: { name: ENCRYPTION } })).toEqual(ref)
  expect(foreign(stored(created, [ownerReference(anOwner({ name: 'gm', uid: 'other' }))]))).toEqual(ref)
  const other = { ...ref, name: 'gm-ingestion-key' }
  const unowned = { ...stored(created), metadata: { ...stored(created).metadata, name: other.name } }
  expect(firstForeignObject(owner, [other], new Map([[refKey(other), unowned]]))).toEqual(other)
})
