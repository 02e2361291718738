import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ImportStarted, type SignatureImport } from '@guardimesh/contracts'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aSignature, buildContainer } from './databases.js'
import { type RunningServer, startServer } from './running-server.js'

const WAIT_OPTIONS = { timeout: 40_000, interval: 50 }

let folder: string
let authority: TestAuthority
let server: RunningServer

beforeAll(async () => {
  folder = await temporaryFolder('signature-remove')
  authority = await createAuthority('remove sources')
  server = await startServer({ folder, authority })
  const container = await buildContainer(folder, 'ours', { version: 3 })
  const databases = { 'ours.cud': container, 'theirs.ndb': aSignature('Test.Theirs'), 'old.ndb': aSignature('Test.Old') }
  await server.put({ ...databases, 'yara/old.yar': 'rule old { condition: false }' })
  expect(await server.ended('old.ndb')).toMatchObject({ state: 'published' })
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
  await rm(authority.folder, { recursive: true, force: true })
})

const sources = async () => (await server.status()).sources.map(({ path }) => path)
const files = async () => (await server.catalog()).files.map(({ path }) => path)
const ask = (remove: readonly string[]) => server.send('POST', '/v1/imports', { remove }, { 'guardimesh-actor': 'desk' })

async function removeSources(...remove: readonly string[]): Promise<SignatureImport> {
  const answer = await ask(remove)
  expect(answer.status, answer.body.toString()).toBe(202)
  const { importId } = ImportStarted.parse(JSON.parse(answer.body.toString()))
  return await vi.waitFor(async () => {
    const entry = (await server.status()).imports.find((one) => one.importId === importId)
    expect(entry?.endedAt, server.output()).toEqual(expect.any(String))
    return entry as SignatureImport
  }, WAIT_OPTIONS)
}

test('creates the next generation without the sources and records the user that removed them', async () => {
  const entry = await removeSources('clamav/old.ndb', 'yara/old.yar')
  const expected = { state: 'published', source: 'change', importedBy: 'desk', files: [], removed: ['clamav/old.ndb', 'yara/old.yar'] }
  expect(entry).toMatchObject(expected)
  expect(await sources()).toEqual(['clamav/ours.cud', 'clamav/theirs.ndb'])
  expect(await files()).toEqual(['clamav/ours.cud', 'clamav/theirs.ndb'])
  expect((await server.get('/old.ndb')).status).toBe(404)
  await server.send('POST', '/v1/rollback', {})
  expect(await sources()).toContain('clamav/old.ndb')
})

test.each([
  {
    name: 'a missing source',
    remove: ['clamav/other.ndb'],
    why: 'cannot remove "clamav/other.ndb": no such source; available: clamav/',
  },
  { name: 'a path out of the volume', remove: ['clamav/../../state.json'], why: 'no such source' },
  { name: 'an empty list', remove: [], why: 'specify at least one upload or one source to remove' },
])('responds with 400 to $name', async ({ remove, why }) => {
  const answer = await ask(remove)
  expect(answer.status).toBe(400)
  expect(answer.body.toString()).toContain(JSON.stringify(why).slice(1, -1))
})

test('does not remove the last source, because nodes would have no signatures', async () => {
  const before = await server.status()
  const entry = await removeSources(...before.sources.map(({ path }) => path))
  expect(entry).toMatchObject({ state: 'refused', check: 'size', message: expect.stringContaining('would have no files') })
  expect((await server.status()).activeGeneration).toBe(before.activeGeneration)
})

test('removes a source after a restart if a killed server had acknowledged the request', async () => {
  expect((await ask(['clamav/theirs.ndb'])).status).toBe(202)
  await server.end('SIGKILL')
  server = await startServer({ folder, authority })
  await vi.waitFor(async () => expect(await sources()).not.toContain('clamav/theirs.ndb'), WAIT_OPTIONS)
  expect(await sources()).toContain('clamav/ours.cud')
})

test('lists sources by their original names with any profile', async () => {
  const { settings } = await server.status()
  await server.send('PUT', '/v1/settings', { ...settings, profile: 'linux' })
  await vi.waitFor(async () => expect((await files()).some((path) => path.startsWith('clamav/ours.profile.'))).toBe(true), WAIT_OPTIONS)
  expect(await sources()).toContain('clamav/ours.cud')
  expect(await removeSources('clamav/ours.cud')).toMatchObject({ state: 'published' })
  expect(join(...(await files()))).not.toContain('ours.profile')
})
