import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { anOwner } from '../desired/fixtures.fixture.js'
import type { KubeObject } from '../desired/object.js'
import { withPlatformDefaults } from '../desired/platform-defaults.js'
import { secretData, secretValues } from '../kube/secret-data.js'
import { buildSecretUpdate, generatedSecretSpecs } from './generated-secrets.js'

const owner = anOwner({ name: 'gm' })
const wanted = (name: string, email = 'first@site.example') => {
  const found = generatedSecretSpecs(owner, withPlatformDefaults({ administrator: { email } })).find((secret) => secret.name === name)
  if (!found) throw new Error(`no Secret ${name}`)
  return found
}
const KEYS = wanted('gm-signature-keys')

function aSecret(values: Readonly<Record<string, string>>): KubeObject {
  const metadata = { name: 'gm-signature-keys', uid: 'u', resourceVersion: '7' }
  return { apiVersion: 'v1', kind: 'Secret', metadata, data: secretData(values) }
}

test('the catalogue is signed by the one key and verified by the other, and the management key is long', () => {
  const made = secretValues(buildSecretUpdate(owner, KEYS, undefined))
  expect(Object.keys(made).sort()).toEqual(['catalog.key', 'catalog.pub', 'management-key'])
  const signature = sign(null, Buffer.from('catalogue'), createPrivateKey(made['catalog.key'] ?? ''))
  expect(verify(null, Buffer.from('catalogue'), createPublicKey(made['catalog.pub'] ?? ''), signature)).toBe(true)
  expect(made['catalog.key']).toMatch(/^-----BEGIN PRIVATE KEY-----/)
  expect(made['catalog.pub']).toMatch(/^-----BEGIN PUBLIC KEY-----/)
  expect(made['management-key']).toMatch(/^[A-Za-z0-9_-]{32}$/)
})

const good = secretValues(buildSecretUpdate(owner, KEYS, undefined))
const other = secretValues(buildSecretUpdate(owner, KEYS, undefined))
const { privateKey: wrongType } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

test('keys that are good are never written again', () => {
  expect(buildSecretUpdate(owner, KEYS, aSecret({ ...good, extra: 'of somebody' }))).toBeUndefined()
})

test.each([
  { name: 'a public key that is missing', damage: { 'catalog.pub': '' }, renewed: [] },
  { name: 'the public key of another', damage: { 'catalog.pub': other['catalog.pub'] }, renewed: [] },
  { name: 'a management key that is missing', damage: { 'management-key': '' }, renewed: ['management-key'] },
  { name: 'a management key with a line end', damage: { 'management-key': 'short\n' }, renewed: ['management-key'] },
  { name: 'a private key that is missing', damage: { 'catalog.key': '' }, renewed: ['catalog.key', 'catalog.pub'] },
  { name: 'a private key that is none', damage: { 'catalog.key': 'hello' }, renewed: ['catalog.key', 'catalog.pub'] },
  {
    name: 'a private key of another kind',
    damage: { 'catalog.key': wrongType.export({ type: 'pkcs8', format: 'pem' }).toString() },
    renewed: ['catalog.key', 'catalog.pub'],
  },
])('damaged: $name is mended, and what is good stays', ({ damage, renewed }) => {
  const mended = buildSecretUpdate(owner, KEYS, aSecret({ ...good, ...damage } as Record<string, string>))
  // Only the copy that was looked at is written over.
  expect(mended?.metadata).toMatchObject({ uid: 'u', resourceVersion: '7' })
  const values = secretValues(mended)
  expect(Object.keys(good).filter((key) => values[key] !== good[key])).toEqual(renewed)
  expect(buildSecretUpdate(owner, KEYS, aSecret(values))).toBeUndefined()
})

test('a password that is missing is made, what is there stays, also with another e-mail address in the spec', () => {
  const live = aSecret({ email: 'old@site.example', password: '' })
  const values = secretValues(buildSecretUpdate(owner, wanted('gm-administrator'), live))
  expect(values.email).toBe('old@site.example')
  expect(values.password).toMatch(/^[A-Za-z0-9_-]{32}$/)
  expect(buildSecretUpdate(owner, wanted('gm-administrator', 'new@site.example'), aSecret(values))).toBeUndefined()
})
