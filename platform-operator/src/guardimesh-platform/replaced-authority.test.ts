import { HOUR_MS, MINUTE_MS } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { anOwner } from '../desired/fixtures.fixture.js'
import { type KubeObject, refKey, refOf } from '../desired/object.js'
import { secretData } from '../kube/secret-data.js'
import { createAuthority } from '../tls/certificates.js'
import { isReplacedAuthorityPending } from './replaced-authority.js'

const issuedAt = new Date('2026-01-01T12:00:00Z')
const { certificate } = await createAuthority('Test', issuedAt)
const authority: KubeObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'gm-ca' },
  data: secretData({ 'tls.crt': certificate }),
}
const scannerSince = (ms: number): KubeObject => ({
  apiVersion: 'guardimesh.io/v1alpha1',
  kind: 'GuardimeshScanner',
  metadata: { name: 'gm', creationTimestamp: new Date(issuedAt.getTime() + ms).toISOString() },
})

test.each([
  {
    name: 'an authority that is replaced while scanners run',
    objects: [authority, scannerSince(-HOUR_MS)],
    ageMs: MINUTE_MS,
    expected: true,
  },
  { name: 'one that all pods have read', objects: [authority, scannerSince(-HOUR_MS)], ageMs: 2 * MINUTE_MS, expected: false },
  { name: 'the authority of an installation', objects: [authority, scannerSince(30_000)], ageMs: MINUTE_MS, expected: false },
  { name: 'an authority without scanners', objects: [authority], ageMs: MINUTE_MS, expected: false },
  { name: 'no authority of the operator', objects: [scannerSince(-HOUR_MS)], ageMs: MINUTE_MS, expected: false },
])('waits for the propagation of $name: $expected', ({ objects, ageMs, expected }) => {
  const observed = {
    owner: anOwner({ name: 'gm' }),
    objects: new Map(objects.map((object) => [refKey(refOf(object)), object])),
    now: new Date(issuedAt.getTime() + ageMs),
  }
  expect(isReplacedAuthorityPending(observed)).toBe(expected)
})
