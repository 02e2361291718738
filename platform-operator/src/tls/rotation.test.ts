import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer } from 'node:tls'
import { expect, test } from 'vitest'
import { createAuthority, isRenewalDue, isSignedBy, issueCertificate, issuedAt, isValidFor } from './certificates.js'
import { applyRotation, caBundle, nextRotation, PROPAGATION_MS } from './rotation.js'

const DAY_MS = 86_400_000
const NOW = new Date('2026-01-01T00:00:00Z')
const later = (ms: number) => new Date(NOW.getTime() + ms)

test('issues certificates for the given names and lifetime, signed by the authority', async () => {
  const authority = await createAuthority('Test', NOW)
  const leaf = await issueCertificate(authority, ['a.example', 'localhost', '127.0.0.1', '::1'], 90, NOW)
  expect(isValidFor(leaf.certificate, ['a.example', 'localhost', '127.0.0.1', '::1'])).toBe(true)
  expect(isValidFor(leaf.certificate, ['b.example'])).toBe(false)
  expect(isValidFor(leaf.certificate, ['127.0.0.2'])).toBe(false)
  expect(issuedAt(leaf.certificate)).toEqual(NOW)
  expect(isSignedBy(leaf.certificate, authority.certificate)).toBe(true)
  expect(isSignedBy(leaf.certificate, (await createAuthority('Test', NOW)).certificate)).toBe(false)
  expect(new X509Certificate(leaf.certificate).ca).toBe(false)
  expect(isRenewalDue(leaf.certificate, later(59 * DAY_MS))).toBe(false)
  expect(isRenewalDue(leaf.certificate, later(61 * DAY_MS))).toBe(true)
  expect(isRenewalDue('no certificate', NOW)).toBe(true)
})

test('issues certificates that TLS clients accept', async () => {
  const authority = await createAuthority('Test', new Date())
  const { certificate: cert, key } = await issueCertificate(authority, ['localhost'], 1, new Date())
  const server = createServer({ cert, key }, (socket) => socket.end('hello'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const client = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: authority.certificate })
  const [data] = await once(client, 'data')
  expect(String(data)).toBe('hello')
  client.destroy()
  server.close()
})

test('rotates the authority: trusts the successor before it signs and the predecessor until it is unused', async () => {
  const current = await createAuthority('Test', NOW)
  const oldLeaf = (await issueCertificate(current, ['a'], 90, NOW)).certificate
  expect(nextRotation({ current }, [oldLeaf], later(DAY_MS))).toBe('none')

  const due = later(2500 * DAY_MS)
  expect(nextRotation({ current }, [oldLeaf], due)).toBe('create-next')
  const both = applyRotation({ current }, 'create-next', await createAuthority('Test', due))
  expect(caBundle(both)).toBe(`${current.certificate}${both.next?.certificate}`)
  const after = (ms: number) => new Date(due.getTime() + ms)
  expect(nextRotation(both, [oldLeaf], after(PROPAGATION_MS - 1))).toBe('none')
  expect(nextRotation(both, [oldLeaf], after(PROPAGATION_MS))).toBe('promote')

  const promoted = applyRotation(both, 'promote')
  expect(promoted).toEqual({ current: both.next, previous: current.certificate })
  expect(nextRotation(promoted, [oldLeaf], after(2 * PROPAGATION_MS))).toBe('none')
  const newLeaf = (await issueCertificate(promoted.current, ['a'], 90, after(2 * PROPAGATION_MS))).certificate
  expect(nextRotation(promoted, [newLeaf], after(2 * PROPAGATION_MS + 1))).toBe('none')
  expect(nextRotation(promoted, [newLeaf], after(3 * PROPAGATION_MS))).toBe('drop-previous')
  expect(applyRotation(promoted, 'drop-previous')).toEqual({ current: promoted.current })
})
