import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aSignature } from './databases.js'
import { aGoldenServer, aRoom, type Room } from './refused.js'
import type { RunningServer } from './running-server.js'
import { aKeyPair, rawSignatureBundle, trust } from './signature-bundle.js'

const BUNDLE = 'guardimesh-signatures-20261121T000000Z.tar.zst'
const key = aKeyPair()

let room: Room
let server: RunningServer
beforeAll(async () => {
  room = await aRoom('signature-volumes')
  server = await aGoldenServer(room, 'volume', { TRUSTED_KEYS_FOLDER: trust(join(room.folder, 'trusted'), key) })
})
afterAll(async () => {
  await server.end('SIGTERM')
  await room[Symbol.asyncDispose]()
})

const importOf = async (file: string) => (await server.status()).imports.find(({ files }) => files.includes(file))
const waitsFor = (file: string) =>
  vi.waitFor(
    async () => expect(await importOf(file)).toMatchObject({ state: 'waiting', endedAt: null, message: expect.stringMatching(/\.00\d/) }),
    {
      timeout: 40_000,
      interval: 50,
    },
  )

/** A bundle in two volumes. */
async function volumes(name: string): Promise<[Buffer, Buffer]> {
  const entries = [{ path: `clamav/${name}.ndb`, content: Buffer.from(aSignature(`Test.${name}`)) }]
  const bytes = await rawSignatureBundle({ key, entries })
  return [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)]
}

test('volumes wait for each other, hold up nothing else, and are imported once they are whole', async () => {
  const [first, second] = await volumes('parted')
  await server.put({ [`stick/${BUNDLE}.001`]: first })
  await waitsFor(`stick/${BUNDLE}.001`)
  const waiting = await importOf(`stick/${BUNDLE}.001`)
  await server.put({ 'meanwhile.ndb': aSignature('Test.Meanwhile') })
  expect(await server.ended('meanwhile.ndb')).toMatchObject({ state: 'published', files: ['meanwhile.ndb'] })
  expect(await importOf(`stick/${BUNDLE}.001`)).toEqual(waiting)
  await server.put({ [`stick/${BUNDLE}.002`]: second })
  expect(await server.ended(`stick/${BUNDLE}.002`)).toMatchObject({
    importId: waiting?.importId,
    state: 'published',
    signedBy: key.fingerprint,
    files: [`stick/${BUNDLE}.001`, `stick/${BUNDLE}.002`],
  })
  // While it was arriving, the second volume may have been an import of its own.
  const { imports } = await server.status()
  expect(imports.filter(({ files }) => files.some((file) => file.includes(BUNDLE)))).toHaveLength(1)
  expect((await server.catalog()).files.map(({ path }) => path)).toContain('clamav/parted.ndb')
  expect(await readdir(join(server.volume, 'incoming', 'stick'))).toEqual([])
})

test('volumes that are taken away are forgotten', async () => {
  const [first] = await volumes('gone')
  await server.put({ [`gone/${BUNDLE}.001`]: first })
  await waitsFor(`gone/${BUNDLE}.001`)
  await rm(join(server.volume, 'incoming', 'gone'), { recursive: true })
  await vi.waitFor(async () => expect(await importOf(`gone/${BUNDLE}.001`)).toBeUndefined(), { timeout: 40_000, interval: 50 })
})
