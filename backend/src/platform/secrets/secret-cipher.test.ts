import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { SecretCipher } from './secret-cipher.js'

const [OLD, NEW] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const old = new SecretCipher([OLD])
const rotated = new SecretCipher([NEW, OLD])

test.each([{ text: '' }, { text: 'Bearer abc' }, { text: 'Schlüssel 鍵' }, { text: 'x'.repeat(4096) }])(
  'decrypts what it has encrypted',
  ({ text }) => {
    const encrypted = old.encrypt(text, 'a')
    // The first bytes of `printf '\1%.0s' $(seq 32) | sha256sum`.
    expect(encrypted).toMatch(/^gmenc1\.72cd6e84\.[A-Za-z0-9_-]+$/)
    expect(old.isEncrypted(encrypted)).toBe(true)
    expect(old.decrypt(encrypted, 'a')).toBe(text)
  },
)

test('never encrypts a text to the same bytes twice', () => {
  expect(new Set(Array.from({ length: 100 }, () => old.encrypt('a', 'a'))).size).toBe(100)
})

test('decrypts with every key and encrypts with the first one', () => {
  const encrypted = old.encrypt('secret', 'a')
  expect(rotated.decrypt(encrypted, 'a')).toBe('secret')
  expect([old.isCurrent(encrypted), rotated.isCurrent(encrypted)]).toEqual([true, false])
  const renewed = rotated.encrypt('secret', 'a')
  expect([old.isCurrent(renewed), rotated.isCurrent(renewed)]).toEqual([false, true])
  expect(old.decrypt(renewed, 'a')).toBeUndefined()
})

const ENCRYPTED = old.encrypt('secret', 'channel 1')
const [version, keyId, sealed = ''] = ENCRYPTED.split('.')
const flipped = (index: number) => {
  const bytes = Buffer.from(sealed, 'base64url')
  bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index)
  return `${version}.${keyId}.${bytes.toString('base64url')}`
}
test.each([
  { name: 'the nonce is changed', text: flipped(0), context: 'channel 1' },
  { name: 'the ciphertext is changed', text: flipped(12), context: 'channel 1' },
  { name: 'the tag is changed', text: flipped(33), context: 'channel 1' },
  { name: 'the tag is shortened', text: ENCRYPTED.slice(0, -4), context: 'channel 1' },
  { name: 'the text is moved to another context', text: ENCRYPTED, context: 'channel 2' },
  { name: 'another key has its id', text: ENCRYPTED.replace(/\.\w{8}\./, '.00000000.'), context: 'channel 1' },
  { name: 'it is plain text', text: 'secret', context: 'channel 1' },
  { name: 'it is random', text: `gmenc1.${keyId}.${randomBytes(40).toString('base64url')}`, context: 'channel 1' },
])('does not decrypt if $name', ({ text, context }) => expect(old.decrypt(text, context)).toBeUndefined())

test('distinguishes encrypted from plain text', () => {
  for (const text of ['', 'secret', 'gmenc1', 'gmenc1.72cd6e84.short', `gmenc2.${keyId}.${sealed}`, `${ENCRYPTED} `])
    expect([text, old.isEncrypted(text), old.isCurrent(text)]).toEqual([text, false, false])
})
