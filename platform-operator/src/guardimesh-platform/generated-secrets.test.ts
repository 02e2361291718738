import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { anOwner } from '../desired/fixtures.fixture.js'
import type { KubeObject } from '../desired/object.js'
import { withPlatformDefaults } from '../desired/platform-defaults.js'
import { secretData, secretValues } from '../kube/secret-data.js'
import { buildSecretUpdate, generatedSecretSpecs } from './generated-secrets.js'

const owner = anOwner({ name: 'gm' })
const specOf = (name: string, email = 'first@site.example') => {
  const found = generatedSecretSpecs(owner, withPlatformDefaults({ administrator: { email } })).find((secret) => secret.name === name)
  if (!found) throw new Error(`no Secret ${name}`)
  return found
}
const SIGNATURE_KEYS = specOf('gm-signature-keys')

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
