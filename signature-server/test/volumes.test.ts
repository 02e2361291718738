import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aSignature } from './databases.js'
import { aGoldenServer, aTestEnvironment, type TestEnvironment } from './golden-server.js'
import type { RunningServer } from './running-server.js'
import { aKeyPair, rawSignatureBundle, trust } from './signature-bundle.js'

const BUNDLE = 'guardimesh-signatures-20261121T000000Z.tar.zst'
const key = aKeyPair()

let environment: TestEnvironment
let server: RunningServer
beforeAll(async () => {
  environment = await aTestEnvironment('signature-volumes')
  server = await aGoldenServer(environment, 'volume', { TRUSTED_KEYS_FOLDER: trust(join(environment.folder, 'trusted'), key) })
})
afterAll(async () => {
  await server.end('SIGTERM')
  await environment[Symbol.asyncDispose]()
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

/** Builds a bundle in two volumes. */
async function volumes(name: string): Promise<[Buffer, Buffer]> {
  const entries = [{ path: `clamav/${name}.ndb`, content: Buffer.from(aSignature(`Test.${name}`)) }]
  const bytes = await rawSignatureBundle({ key, entries })
  return [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)]
}

test('imports a bundle once all volumes are complete, without blocking other imports', async () => {
  const [first, second] = await volumes('parted')
  await server.put({ [`media/${BUNDLE}.001`]: first })
  await waitsFor(`media/${BUNDLE}.001`)
  const waiting = await importOf(`media/${BUNDLE}.001`)
  await server.put({ 'meanwhile.ndb': aSignature('Test.Meanwhile') })
  expect(await server.ended('meanwhile.ndb')).toMatchObject({ state: 'published', files: ['meanwhile.ndb'] })
  expect(await importOf(`media/${BUNDLE}.001`)).toEqual(waiting)
  await server.put({ [`media/${BUNDLE}.002`]: second })
  expect(await server.ended(`media/${BUNDLE}.002`)).toMatchObject({
    importId: waiting?.importId,
    state: 'published',
    signedBy: key.fingerprint,
    files: [`media/${BUNDLE}.001`, `media/${BUNDLE}.002`],
  })
  // During the copy, the second volume may have appeared as a separate import.
  const { imports } = await server.status()
  expect(imports.filter(({ files }) => files.some((file) => file.includes(BUNDLE)))).toHaveLength(1)
  expect((await server.catalog()).files.map(({ path }) => path)).toContain('clamav/parted.ndb')
  expect(await readdir(join(server.volume, 'incoming', 'media'))).toEqual([])
})

test('forgets removed volumes', async () => {
  const [first] = await volumes('gone')
  await server.put({ [`gone/${BUNDLE}.001`]: first })
  await waitsFor(`gone/${BUNDLE}.001`)
  await rm(join(server.volume, 'incoming', 'gone'), { recursive: true })
  await vi.waitFor(async () => expect(await importOf(`gone/${BUNDLE}.001`)).toBeUndefined(), { timeout: 40_000, interval: 50 })
})
