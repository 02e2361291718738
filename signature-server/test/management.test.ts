import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fingerprintOf } from '@guardimesh/kit'
import { readPublicKey, writeKeyPair } from '@guardimesh/signature-format'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aSignature } from './databases.js'
import { type RunningServer, startServer } from './running-server.js'
import { aGeneration, writeVolume } from './stored-volume.js'

const ACTOR = { 'guardimesh-actor': 'ann@example.org' }
const SHA256 = 'c'.repeat(64)

let folder: string
let authority: TestAuthority
let server: RunningServer

beforeAll(async () => {
  folder = await temporaryFolder('signature-management')
  authority = await createAuthority('management')
  await writeVolume(join(folder, 'volume'), [aGeneration('g1')])
  await mkdir(join(folder, 'keys'))
  await writeKeyPair(join(folder, 'keys', 'site'))
  const env = { TRUSTED_KEYS_FOLDER: join(folder, 'keys'), UNSIGNED_FILES: 'accept' }
  server = await startServer({ folder, authority, env })
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
  await rm(authority.folder, { recursive: true, force: true })
})

const custom = () => server.custom()
const imported = (importId: string) =>
  vi.waitFor(
    async () => {
      const found = (await server.status()).imports.find((one) => one.importId === importId)
      expect(found?.endedAt).toBeTruthy()
      return found
    },
    { timeout: 30_000, interval: 50 },
  )

test('imports custom signatures with audit fields and rejects a change of another revision', async () => {
  expect(await custom()).toMatchObject({ revision: 0, hashes: [] })
  const hashes = [{ hash: SHA256, sizeBytes: null, name: 'Ours.Hash', reason: 'incident 7' }]
  const started = await server.send('PUT', '/v1/custom', { revision: 0, hashes }, ACTOR)
  expect(started.status, started.body.toString()).toBe(202)
  expect(await imported(JSON.parse(started.body.toString()).importId)).toMatchObject({
    ...{ state: 'published', source: 'change', importedBy: 'ann@example.org', message: '' },
  })
  expect(await custom()).toMatchObject({ revision: 1, hashes: [{ hash: SHA256, reason: 'incident 7', addedBy: 'ann@example.org' }] })
  expect((await server.status()).customRevision).toBe(1)
  const stale = await server.send('PUT', '/v1/custom', { revision: 0, hashes: [] })
  expect({ status: stale.status, code: JSON.parse(stale.body.toString()).code }).toEqual({ status: 412, code: 'SIGNATURES_CHANGED' })
})

test('imports a changed profile and activates it after verification; applies canary and pin immediately', async () => {
  const { imports } = await server.status()
  const wanted = { profile: 'custom', profileFiles: ['ours.ndb'], canary: { nodes: ['node-1'] }, pinned: true }
  const answer = await server.send('PUT', '/v1/settings', wanted, ACTOR)
  expect(JSON.parse(answer.body.toString()).settings).toMatchObject({ profile: 'full', pinned: true, canary: { nodes: ['node-1'] } })
  await vi.waitFor(async () => expect((await server.status()).settings.profile).toBe('custom'), { timeout: 30_000, interval: 50 })
  const status = await server.status()
  expect(status.settings).toMatchObject({ profileFiles: ['ours.ndb'], pinned: true, canary: { nodes: ['node-1'] } })
  expect(status.imports).toHaveLength(imports.length + 1)
  expect((await server.send('PUT', '/v1/settings', { ...wanted, pinned: false })).status).toBe(200)
  expect((await server.status()).imports).toHaveLength(imports.length + 1)
})

test('shows trusted keys in the status and rejections by check in the metrics', async () => {
  const fingerprint = fingerprintOf(await readPublicKey(join(folder, 'keys', 'site.pub')))
  expect(await server.status()).toMatchObject({ trustedKeys: [fingerprint], acceptsUnsigned: true })
  await server.put({ 'empty.ndb': '', 'notes.pdf': aSignature('Test.Notes') })
  await server.ended('empty.ndb')
  await server.ended('notes.pdf')
  const metrics = (await server.get('/metrics')).body.toString()
  expect(metrics).toMatch(/refusals_total\{check="size"\} 1/)
  expect(metrics).toMatch(/refusals_total\{check="name"\} 1/)
  expect(metrics).toMatch(/active_timestamp_seconds \d{10}/)
  expect(metrics).toContain('requests_total{route="/v1/custom",status="202"} 1')
})
