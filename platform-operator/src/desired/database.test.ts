import { expect, test } from 'vitest'
import { externalDatabaseUrl } from './database.js'
import { largerQuantity, quantityBytes } from './quantity.js'

const external = { host: 'db.example', port: '5432', name: 'guardimesh', user: 'gm', sslMode: 'verify-full', hasAuthority: false }

test.each([
  { name: 'a host name', parts: {}, expected: 'postgres://gm@db.example:5432/guardimesh?sslmode=verify-full' },
  {
    name: 'a certificate authority',
    parts: { hasAuthority: true },
    expected: 'postgres://gm@db.example:5432/guardimesh?sslmode=verify-full&sslrootcert=%2Fsecrets%2Fdatabase%2Fca.crt',
  },
  { name: 'an IPv6 address', parts: { host: 'fd00::1' }, expected: 'postgres://gm@[fd00::1]:5432/guardimesh?sslmode=verify-full' },
  {
    name: 'names with reserved characters',
    parts: { user: 'a@b', name: 'x/y' },
    expected: 'postgres://a%40b@db.example:5432/x%2Fy?sslmode=verify-full',
  },
])('builds the URL of an external database with $name', ({ parts, expected }) =>
  expect(externalDatabaseUrl({ ...external, ...parts })).toBe(expected),
)

test('returns the larger of two quantities', () => {
  expect(largerQuantity('20Gi', undefined)).toBe('20Gi')
  expect(largerQuantity('20Gi', '30Gi')).toBe('30Gi')
  expect(largerQuantity('1Gi', '1000Mi')).toBe('1Gi')
  expect(quantityBytes('1.5Gi')).toBe(1.5 * 2 ** 30)
})
