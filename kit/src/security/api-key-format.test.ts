import { expect, test } from 'vitest'
import { hashSecret, newApiKey, parseApiKey } from './api-key-format.js'

test('a new key is taken apart as it was made', () => {
  const made = newApiKey()
  expect(made.key.startsWith(`${made.prefix}_`)).toBe(true)
  expect(made.hash).toEqual(hashSecret(made.key))
  expect(parseApiKey(made.key)).toEqual(made)
  expect(newApiKey().key).not.toBe(made.key)
})

test.each([
  { name: 'nothing', text: '' },
  { name: 'a secret that is cut', text: newApiKey().key.slice(0, -1) },
  { name: 'white space at its end', text: `${newApiKey().key}\n` },
  { name: 'another prefix', text: newApiKey().key.replace('gmk_', 'key_') },
])('no key: $name', ({ text }) => expect(parseApiKey(text)).toBeUndefined())
