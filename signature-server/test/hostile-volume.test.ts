import { chmod, cp, mkdir, readdir, readFile, readlink, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SignatureCatalog } from '@guardimesh/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSignature } from './databases.js'
import { aGoldenServer, aTestEnvironment, type TestEnvironment } from './golden-server.js'
import { type RunningServer, startServer } from './running-server.js'

const OURS = aSignature('Test.Ours')

let environment: TestEnvironment
/** Volume of a stopped server with two generations: the starter set, then ours.ndb. */
let volume: string
let active: string

beforeAll(async () => {
  environment = await aTestEnvironment('hostile-volume')
  await using server = await aGoldenServer(environment, 'original')
  await server.put({ 'ours.ndb': OURS })
  ;({ generation: active } = await server.ended('ours.ndb'))
  volume = server.volume
})
afterAll(() => environment[Symbol.asyncDispose]())

/** Starts a server on a damaged copy of the volume. */
async function startAfter(name: string, damage: (copy: string) => Promise<unknown>): Promise<RunningServer> {
  const copy = join(environment.folder, name)
  await cp(volume, copy, { recursive: true, verbatimSymlinks: true })
  await damage(copy)
  return startServer({ ...environment, volume: copy })
}

async function expectAcceptsImport(server: RunningServer): Promise<void> {
  await server.put({ 'more.ndb': aSignature('Test.More') })
  expect(await server.ended('more.ndb')).toMatchObject({ state: 'published' })
}

test('renames a damaged bundles.json and continues with imports', async () => {
  await using server = await startAfter('bundles', (copy) => writeFile(join(copy, 'bundles.json'), '{'))
  await expectAcceptsImport(server)
  expect(await readFile(join(server.volume, 'bundles.json.damaged'), 'utf8')).toBe('{')
})

test('moves an invalid queued import to refused/ and continues with imports', async () => {
  const id = '01a00000-0000-7000-8000-000000000000'
  await using server = await startAfter('order', async (copy) => {
    await mkdir(join(copy, 'queue', id, 'files'), { recursive: true })
    await writeFile(join(copy, 'queue', id, 'files', 'waits.ndb'), OURS)
    await writeFile(join(copy, 'queue', id, 'order.json'), '{"entry":{"state":"of a newer version"}}')
  })
  await expectAcceptsImport(server)
  expect(await readFile(join(server.volume, 'refused', id, 'files', 'waits.ndb'), 'utf8')).toBe(OURS)
})

test('removes incomplete queue entries of a killed process', async () => {
  await using server = await startAfter('half', async (copy) => {
    await mkdir(join(copy, 'queue', 'half', 'files'), { recursive: true })
    await writeFile(join(copy, 'queue', 'half', 'files', 'half.ndb'), OURS)
  })
  await expectAcceptsImport(server)
  expect(await readdir(join(server.volume, 'queue'))).toEqual([])
})

test('serves the last active generation from a copy of a volume without links', async () => {
  await using server = await startAfter('unlinked', async (copy) => {
    await using before = await startServer({ ...environment, volume: copy })
    expect((await before.send('POST', '/v1/rollback', {})).status).toBe(200)
    await before.end('SIGTERM')
    await rm(join(copy, 'current'))
    await cp(join(copy, 'generations', active), join(copy, 'current'), { recursive: true })
  })
  const { generation, files } = await server.catalog()
  expect(generation).not.toBe(active)
  expect(files.map(({ path }) => path)).not.toContain('clamav/ours.ndb')
  expect(await readlink(join(server.volume, 'current'))).toBe(`generations/${generation}`)
  expect((await stat(join(server.volume, 'current.damaged'))).isDirectory()).toBe(true)
})

test('does not offer a generation in a folder of another name, because its files could not be served', async () => {
  const move = (copy: string) => rename(join(copy, 'generations', active), join(copy, 'generations', 'elsewhere'))
  await using server = await startAfter('moved', move)
  const { generation, files } = await server.catalog()
  expect(generation).not.toBe(active)
  for (const { path } of files) expect((await server.get(`/v1/generations/${generation}/${path}`)).status).toBe(200)
})

test('does not build on damaged sources; importing the same file again repairs them', async () => {
  const damage = async (copy: string) => {
    for (const place of ['clamav', 'sources']) {
      const path = join(copy, 'generations', active, place, 'ours.ndb')
      await chmod(path, 0o644)
      await writeFile(path, OURS.replace('Ours', 'Oars'))
    }
  }
  await using server = await startAfter('damaged-sources', damage)
  await server.put({ 'on-top.ndb': aSignature('Test.On.Top') })
  const rejected = await server.ended('on-top.ndb')
  expect(rejected).toMatchObject({
    state: 'refused',
    check: 'checksum',
    message: expect.stringMatching(/^ours\.ndb .*damaged on the volume/),
  })
  await server.put({ 'again/ours.ndb': OURS })
  expect(await server.ended('again/ours.ndb')).toMatchObject({ state: 'published' })
  const { generation, files } = SignatureCatalog.parse(JSON.parse((await server.get('/v1/catalog')).body.toString()))
  expect(files.map(({ path }) => path)).toContain('clamav/ours.ndb')
  expect((await server.get(`/v1/generations/${generation}/clamav/ours.ndb`)).body.toString()).toBe(OURS)
  await expectAcceptsImport(server)
})

test('orders generations and rolls back correctly after the clock is set back', async () => {
  const ahead = async (copy: string) => {
    for (const name of await readdir(join(copy, 'generations'))) {
      const path = join(copy, 'generations', name, 'manifest.json')
      const manifest = JSON.parse(await readFile(path, 'utf8'))
      await chmod(path, 0o644)
      await writeFile(path, JSON.stringify({ ...manifest, builtAt: manifest.builtAt.replace(/^\d+/, '2090') }))
      const future = new Date('2090-01-01T00:00:00Z')
      await utimes(join(copy, 'generations', name), future, future)
    }
  }
  await using server = await startAfter('clock', ahead)
  const created: string[] = []
  for (const name of ['one.ndb', 'two.ndb']) {
    await server.put({ [name]: aSignature(`Test.${name}`) })
    created.push((await server.ended(name)).generation)
  }
  const { generations, activeGeneration } = await server.status()
  expect(generations.map(({ generation }) => generation).slice(0, 3)).toEqual([...created.toReversed(), active])
  expect(activeGeneration).toBe(created.at(-1))
  expect((await server.send('POST', '/v1/rollback', {})).status).toBe(200)
  expect((await server.status()).activeGeneration).toBe(created.at(-2))
})
