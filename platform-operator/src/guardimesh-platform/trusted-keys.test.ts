import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { fingerprintOf } from '@guardimesh/kit'
import { expect, test } from 'vitest'
import { trustedKeysDifference } from './trusted-keys.js'

const pem = () => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
const [oldKey, newKey] = [pem(), pem()]
const [oldPrint, newPrint] = [oldKey, newKey].map((key) => fingerprintOf(createPublicKey(key))) as [string, string]

test.each([
  { name: 'no keys', specified: [], loaded: [], expected: undefined },
  { name: 'the same key', specified: [newKey], loaded: [newPrint], expected: undefined },
  {
    name: 'the same keys in another order, one of them twice',
    specified: [oldKey, newKey, newKey],
    loaded: [newPrint, oldPrint],
    expected: undefined,
  },
  { name: 'a key that is not loaded', specified: [newKey], loaded: [], expected: `has not loaded the trusted key ${newPrint} yet` },
  { name: 'an added key', specified: [oldKey, newKey], loaded: [oldPrint], expected: `has not loaded the trusted key ${newPrint} yet` },
  { name: 'a removed key', specified: [newKey], loaded: [oldPrint, newPrint], expected: `still trusts the removed key ${oldPrint}` },
  { name: 'an invalid key, which is a problem of the spec', specified: ['none'], loaded: [], expected: undefined },
])('compares $name', ({ specified, loaded, expected }) => {
  const difference = trustedKeysDifference(specified, loaded)
  expect(difference).toEqual(expected === undefined ? undefined : expect.stringContaining(expected))
})
