import { expect, test } from 'vitest'
import { isLoopback, parseRegistry } from './registry-address.js'
import { RegistryClient } from './registry-client.js'

test.each([
  { text: 'registry.example', expected: { origin: 'https://registry.example', host: 'registry.example', prefix: '' } },
  {
    text: 'registry.example:5000/a/b',
    expected: { origin: 'https://registry.example:5000', host: 'registry.example:5000', prefix: 'a/b/' },
  },
  // Addresses of the same server must compare as equal: only it receives the credentials.
  { text: 'registry.example:443', expected: { origin: 'https://registry.example', host: 'registry.example:443', prefix: '' } },
])('$text', ({ text, expected }) => expect(parseRegistry(text, false)).toEqual(expected))

test.each(['https://registry.example', 'Registry.example', 'registry.example/', 'registry.example/../x', 'registry.example:65536', ''])(
  'rejects the registry address "%s"',
  (text) => {
    expect(() => parseRegistry(text, false)).toThrow('is not a registry address')
  },
)

test.each([
  { hostname: '127.0.0.1', expected: true },
  { hostname: '127.evil.example', expected: false },
  { hostname: 'localhost', expected: true },
  { hostname: '10.0.0.1', expected: false },
])('$hostname is this machine: $expected', ({ hostname, expected }) => expect(isLoopback(hostname)).toBe(expected))

test('rejects a password for an unencrypted connection', () => {
  const credentials = { username: 'loader', password: 'x' }
  expect(() => new RegistryClient({ address: parseRegistry('registry.example', true), credentials })).toThrow('without encryption')
})
