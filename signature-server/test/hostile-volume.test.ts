import { chmod, cp, mkdir, readdir, readFile, readlink, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SignatureCatalog } from '@guardimesh/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSignature } from './databases.js'
import { aGoldenServer, aRoom, type Room } from './refused.js'
import { type RunningServer, startServer } from './running-server.js'

const OURS = aSignature('Test.Ours')

let room: Room
/** Of a server that has ended: the starter set, then ours.ndb. */
let volume: string
let live: string

beforeAll(async () => {
  room = await aRoom('hostile-volume')
  await using server = await aGoldenServer(room, 'original')
  await server.put({ 'ours.ndb': OURS })
  ;({ generation: live } = await server.ended('ours.ndb'))
  volume = server.volume
})
afterAll(() => room[Symbol.asyncDispose]())

/** A server that starts on a copy of the volume that something happened to. */
async function startAfter(name: string, damage: (copy: string) => Promise<unknown>): Promise<RunningServer> {
  const copy = join(room.folder, name)
  await cp(volume, copy, { recursive: true, verbatimSymlinks: true })
  await damage(copy)
  return startServer({ ...room, volume: copy })
}

async function expectTakesMore(server: RunningServer): Promise<void> {
  await server.put({ 'more.ndb': aSignature('Test.More') })
  expect(await server.ended('more.ndb')).toMatchObject({ state: 'published' })
}

test('a damaged list of bundles is put aside, and imports go on', async () => {
  await using server = await startAfter('bundles', (copy) => writeFile(join(copy, 'bundles.json'), '{'))
  await expectTakesMore(server)
  expect(await readFile(join(server.volume, 'bundles.json.damaged'), 'utf8')).toBe('{')
})

test('an import that waits and cannot be read is put to what was refused, and imports go on', async () => {
  const id = '01a00000-0000-7000-8000-000000000000'
  await using server = await startAfter('order', async (copy) => {
    await mkdir(join(copy, 'queue', id, 'files'), { recursive: true })
    await writeFile(join(copy, 'queue', id, 'files', 'waits.ndb'), OURS)
    await writeFile(join(copy, 'queue', id, 'order.json'), '{"entry":{"state":"of a newer version"}}')
  })
  await expectTakesMore(server)
  expect(await readFile(join(server.volume, 'refused', id, 'files', 'waits.ndb'), 'utf8')).toBe(OURS)
})

test('what a killed process had begun to put into the queue does not stay on the volume', async () => {
  await using server = await startAfter('half', async (copy) => {
    await mkdir(join(copy, 'queue', 'half', 'files'), { recursive: true })
    await writeFile(join(copy, 'queue', 'half', 'files', 'half.ndb'), OURS)
  })
  await expectTakesMore(server)
  expect(await readdir(join(server.volume, 'queue'))).toEqual([])
})

test('a copy of a volume without its links is served as the last decision says, not what was gone back from', async () => {
  await using server = await startAfter('unlinked', async (copy) => {
    await using before = await startServer({ ...room, volume: copy })
    expect((await before.send('POST', '/v1/rollback', {})).status).toBe(200)
    await before.end('SIGTERM')
    await rm(join(copy, 'current'))
    await cp(join(copy, 'generations', live), join(copy, 'current'), { recursive: true })
  })
  const { generation, files } = await server.catalog()
  expect(generation).not.toBe(live)
  expect(files.map(({ path }) => path)).not.toContain('clamav/ours.ndb')
  expect(await readlink(join(server.volume, 'current'))).toBe(`generations/${generation}`)
  expect((await stat(join(server.volume, 'current.damaged'))).isDirectory()).toBe(true)
})

test('a generation in a folder of another name is not offered: its files could not be given', async () => {
  const move = (copy: string) => rename(join(copy, 'generations', live), join(copy, 'generations', 'elsewhere'))
  await using server = await startAfter('moved', move)
  const { generation, files } = await server.catalog()
  expect(generation).not.toBe(live)
  for (const { path } of files) expect((await server.get(`/v1/generations/${generation}/${path}`)).status).toBe(200)
})

test('nothing is built on what the volume has spoilt; the same file again mends it', async () => {
  const spoil = async (copy: string) => {
    for (const place of ['clamav', 'sources']) {
      const path = join(copy, 'generations', live, place, 'ours.ndb')
      await chmod(path, 0o644)
      await writeFile(path, OURS.replace('Ours', 'Oars'))
    }
  }
  await using server = await startAfter('spoilt', spoil)
  await server.put({ 'on-top.ndb': aSignature('Test.On.Top') })
  const refused = await server.ended('on-top.ndb')
  expect(refused).toMatchObject({
    state: 'refused',
    check: 'checksum',
    message: expect.stringMatching(/^ours\.ndb .*damaged on the volume/),
  })
  await server.put({ 'again/ours.ndb': OURS })
  expect(await server.ended('again/ours.ndb')).toMatchObject({ state: 'published' })
  const { generation, files } = SignatureCatalog.parse(JSON.parse((await server.get('/v1/catalog')).body.toString()))
  expect(files.map(({ path }) => path)).toContain('clamav/ours.ndb')
  expect((await server.get(`/v1/generations/${generation}/clamav/ours.ndb`)).body.toString()).toBe(OURS)
  await expectTakesMore(server)
})

test('a clock that was set back: what is made later is newer all the same, and a roll-back goes to the one before', async () => {
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
  const made: string[] = []
  for (const name of ['one.ndb', 'two.ndb']) {
    await server.put({ [name]: aSignature(`Test.${name}`) })
    made.push((await server.ended(name)).generation)
  }
  const { generations, activeGeneration } = await server.status()
  expect(generations.map(({ generation }) => generation).slice(0, 3)).toEqual([...made.toReversed(), live])
  expect(activeGeneration).toBe(made.at(-1))
  expect((await server.send('POST', '/v1/rollback', {})).status).toBe(200)
  expect((await server.status()).activeGeneration).toBe(made.at(-2))
})
