import { expect, test } from 'vitest'
import { hashSecret, newApiKey, parseApiKey } from './api-key-format.js'

test('parses a created key into its original parts', () => {
  const made = newApiKey()
  expect(made.key.startsWith(`${made.prefix}_`)).toBe(true)
  expect(made.hash).toEqual(hashSecret(made.key))
  expect(parseApiKey(made.key)).toEqual(made)
  expect(newApiKey().key).not.toBe(made.key)
})

test.each([
  { name: 'an empty text', text: '' },
  { name: 'a truncated secret', text: newApiKey().key.slice(0, -1) },
  { name: 'trailing white space', text: `${newApiKey().key}\n` },
  { name: 'another prefix', text: newApiKey().key.replace('gmk_', 'key_') },
])('rejects $name', ({ text }) => expect(parseApiKey(text)).toBeUndefined())
