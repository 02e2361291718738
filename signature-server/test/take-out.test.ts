import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ImportStarted, type SignatureImport } from '@guardimesh/contracts'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aSignature, buildContainer } from './databases.js'
import { type RunningServer, startServer } from './running-server.js'

const PATIENCE = { timeout: 40_000, interval: 50 }

let folder: string
let authority: TestAuthority
let server: RunningServer

beforeAll(async () => {
  folder = await temporaryFolder('signature-take-out')
  authority = await createAuthority('take-out')
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

async function takeOut(...remove: readonly string[]): Promise<SignatureImport> {
  const answer = await ask(remove)
  expect(answer.status, answer.body.toString()).toBe(202)
  const { importId } = ImportStarted.parse(JSON.parse(answer.body.toString()))
  return await vi.waitFor(async () => {
    const entry = (await server.status()).imports.find((one) => one.importId === importId)
    expect(entry?.endedAt, server.output()).toEqual(expect.any(String))
    return entry as SignatureImport
  }, PATIENCE)
}

test('the next generation is made without it, and the history says who took it out', async () => {
  const entry = await takeOut('clamav/old.ndb', 'yara/old.yar')
  const told = { state: 'published', source: 'change', importedBy: 'desk', files: [], removed: ['clamav/old.ndb', 'yara/old.yar'] }
  expect(entry).toMatchObject(told)
  expect(await sources()).toEqual(['clamav/ours.cud', 'clamav/theirs.ndb'])
  expect(await files()).toEqual(['clamav/ours.cud', 'clamav/theirs.ndb'])
  expect((await server.get('/old.ndb')).status).toBe(404)
  await server.send('POST', '/v1/rollback', {})
  expect(await sources()).toContain('clamav/old.ndb')
})

test.each([
  {
    name: 'what was not brought in',
    remove: ['clamav/other.ndb'],
    why: '"clamav/other.ndb" was not brought in, so it cannot be taken out; there are: clamav/',
  },
  { name: 'a path out of the volume', remove: ['clamav/../../state.json'], why: 'was not brought in' },
  { name: 'nothing', remove: [], why: 'name at least one upload, or a file to take out' },
])('$name is answered with 400', async ({ remove, why }) => {
  const answer = await ask(remove)
  expect(answer.status).toBe(400)
  expect(answer.body.toString()).toContain(JSON.stringify(why).slice(1, -1))
})

test('the last one stays, as nodes would have nothing', async () => {
  const before = await server.status()
  const entry = await takeOut(...before.sources.map(({ path }) => path))
  expect(entry).toMatchObject({ state: 'refused', check: 'size', message: expect.stringContaining('no file at all') })
  expect((await server.status()).activeGeneration).toBe(before.activeGeneration)
})

test('killed after it was acknowledged, it is taken out after the restart', async () => {
  expect((await ask(['clamav/theirs.ndb'])).status).toBe(202)
  await server.end('SIGKILL')
  server = await startServer({ folder, authority })
  await vi.waitFor(async () => expect(await sources()).not.toContain('clamav/theirs.ndb'), PATIENCE)
  expect(await sources()).toContain('clamav/ours.cud')
})

test('with a profile, what was brought in is listed by its own names', async () => {
  const { settings } = await server.status()
  await server.send('PUT', '/v1/settings', { ...settings, profile: 'linux' })
  await vi.waitFor(async () => expect((await files()).some((path) => path.startsWith('clamav/ours.profile.'))).toBe(true), PATIENCE)
  expect(await sources()).toContain('clamav/ours.cud')
  expect(await takeOut('clamav/ours.cud')).toMatchObject({ state: 'published' })
  expect(join(...(await files()))).not.toContain('ours.profile')
})
