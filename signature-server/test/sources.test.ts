import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSignature, buildContainer } from './databases.js'
import { aGoldenServer, aTestEnvironment, type TestEnvironment } from './golden-server.js'
import type { RunningServer } from './running-server.js'

let environment: TestEnvironment
let server: RunningServer
beforeAll(async () => {
  environment = await aTestEnvironment('signature-sources')
  server = await aGoldenServer(environment, 'volume')
})
afterAll(async () => {
  await server.end('SIGTERM')
  await environment[Symbol.asyncDispose]()
})

const sourcesOf = async (generation: string) => {
  const names = await readdir(join(server.volume, 'generations', generation, 'sources'))
  return names.filter((name) => name !== 'yara').sort()
}

test('keeps a detached signature with its database and serves it to mirrors, not to nodes', async () => {
  const five = await buildContainer(environment.folder, 'ours', { version: 5 })
  await server.put({ 'a/ours-5.cud.sign': '#clamsign-1.0\n', 'a/ours.cud': five })
  const { state, generation } = await server.ended('a/ours.cud')
  expect(state).toBe('published')
  expect(await sourcesOf(generation)).toEqual(['ours-5.cud.sign', 'ours.cud', 'starter.ndb'])
  expect((await server.get('/ours-5.cud.sign')).body.toString()).toBe('#clamsign-1.0\n')
  expect((await server.catalog()).files.map(({ path }) => path)).not.toContain('clamav/ours-5.cud.sign')
  await server.put({ 'b/ours.cud': await buildContainer(environment.folder, 'ours', { version: 6 }) })
  expect(await sourcesOf((await server.ended('b/ours.cud')).generation)).toEqual(['ours.cud', 'starter.ndb'])
})

test('accepts a database for newer engines if a downgrade is allowed', async () => {
  const future = await buildContainer(environment.folder, 'future', { version: 1, functionalityLevel: 999 })
  await server.put({ 'c/future.cud.allow-downgrade': '', 'c/future.cud': future })
  expect(await server.ended('c/future.cud')).not.toMatchObject({ check: 'functionality-level' })
})

test('builds on a generation of an older version without sources and with another folder of deltas', async () => {
  const before = await server.catalog()
  await server.end('SIGTERM')
  const folder = join(server.volume, 'generations', before.generation)
  for (const name of ['sources', 'sources.json']) await rm(join(folder, name), { recursive: true })
  await rename(join(folder, 'deltas'), join(folder, 'updates'))
  await rename(join(folder, 'deltas.json'), join(folder, 'updates.json'))
  await using next = await aGoldenServer(environment, 'volume')
  await next.put({ 'd/new.ndb': aSignature('Test.New') })
  const { state, generation } = await next.ended('d/new.ndb')
  expect(state).toBe('published')
  expect((await next.catalog()).files.map(({ path }) => path).sort()).toEqual(
    [...before.files.map(({ path }) => path), 'clamav/new.ndb'].sort(),
  )
  expect(await sourcesOf(generation)).toContain('ours.cud')
})
