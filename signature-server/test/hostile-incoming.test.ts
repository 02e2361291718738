import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSignature, buildContainer } from './databases.js'
import { rawContainer } from './raw-container.js'
import { aGoldenServer, aRoom, expectRefused, type Room } from './refused.js'
import type { RunningServer } from './running-server.js'
import { aKeyPair, rawSignatureBundle, trust } from './signature-bundle.js'

const TOOL = 'echo this tool is harmless\n'
const FUTURE_SECONDS = 4_000_000_000
const key = aKeyPair()
const inHex = (text: string) => Buffer.from(text).toString('hex')
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

let room: Room
let server: RunningServer

beforeAll(async () => {
  room = await aRoom('hostile-incoming')
  server = await aGoldenServer(room, 'volume', { TRUSTED_KEYS_FOLDER: trust(join(room.folder, 'trusted'), key) })
})
afterAll(async () => {
  await server?.end('SIGTERM')
  await room[Symbol.asyncDispose]()
})

const incoming = (name: string) => join(server.volume, 'incoming', name)

/** A real container that says that it was built at another time, outside and inside. */
async function builtAt(name: string, seconds: number): Promise<Buffer> {
  const container = await buildContainer(room.folder, name, { version: 1 })
  const header = container.toString('latin1', 0, 512).trimEnd()
  const fields = header.split(':')
  const inside = gunzipSync(container.subarray(512))
    .toString('latin1')
    .replace(`:${fields.at(-1)}`, `:${seconds}`)
  const packed = gzipSync(Buffer.from(inside, 'latin1'))
  const changed = [...fields.slice(0, 5), createHash('md5').update(packed).digest('hex'), ...fields.slice(6, -1), seconds].join(':')
  return Buffer.concat([Buffer.from(changed.padEnd(512), 'latin1'), packed])
}

test.each([
  {
    name: 'a signature whose name has spaces hits the golden set',
    files: () => ({ 'spaced.ndb': `Test Greedy Name:0:*:${inHex('tool is harmless')}\n` }),
    check: 'golden-set',
    says: /The signature Test Greedy Name\.UNOFFICIAL calls the harmless file/,
  },
  {
    name: 'a hash whose name ends a line, where lines end in other ways, too, hits the golden set',
    files: () => ({ 'unseen.hdb': `${md5(TOOL)}:${TOOL.length}:Test.\u2028Unseen\n` }),
    check: 'golden-set',
    says: /The signature Test\.\? ?Unseen\.UNOFFICIAL calls the harmless file/,
  },
  {
    name: 'a database from the future',
    files: async () => ({ 'future.cud': await builtAt('future', FUTURE_SECONDS) }),
    check: 'header',
    says: /future\.cud says that it was built at 2096-10-02.* here it is 20/,
  },
  {
    name: 'a bundle from the future, after which no other one would be new enough',
    files: async () => ({
      'guardimesh-signatures-1.tar.zst': await rawSignatureBundle({
        ...{ key, createdAt: '2096-10-02T00:00:00.000Z' },
        entries: [{ path: 'clamav/a.ndb', content: Buffer.from(aSignature('Test.A')) }],
      }),
    }),
    check: 'bundle',
    says: /packed at 2096-10-02.* here it is 20/,
  },
  {
    name: 'a signed database under the name of another one',
    files: () => ({ 'main.cvd': rawContainer({ members: [{ name: 'daily.info', content: 'x' }], version: 27_000 }) }),
    check: 'name',
    says: /^main\.cvd is the database daily under another name/,
  },
  {
    name: 'a name as long as names can be',
    files: () => ({ [`${'a'.repeat(251)}.ndb`]: aSignature('Test.Long') }),
    check: 'name',
    says: /not the name of a ClamAV database/,
  },
])('refused: $name', async ({ files, ...expected }) => {
  await expectRefused(server, await files(), expected)
})

test('a database from the future is taken with leave', async () => {
  await server.put({ 'ahead.cud.allow-downgrade': '', 'ahead.cud': await builtAt('ahead', FUTURE_SECONDS) })
  expect(await server.ended('ahead.cud')).toMatchObject({ state: 'published' })
})

test.each([
  { what: 'a folder', make: (path: string) => mkdir(path) },
  { what: 'a pipe', make: async (path: string) => void execFileSync('mkfifo', [path]) },
])('$what called as a checksum is refused with its file, and holds nothing up', async ({ make, what }) => {
  const name = `${what.replace(' ', '-')}.ndb`
  await make(incoming(`${name}.sha256`))
  await server.put({ [name]: aSignature('Test.Companion') })
  expect(await server.ended(name)).toMatchObject({ state: 'refused', check: 'regular-file', message: expect.stringContaining(name) })
  expect((await readdir(incoming(''))).filter((left) => left.startsWith(name))).toEqual([])
})

test('of a file of checksums only the beginning is read, however large it is', async () => {
  const [name, content] = ['large-checksum.ndb', aSignature('Test.Large.Checksum')]
  const file = await open(incoming(`${name}.sha256`), 'w')
  await file.writeFile(`${createHash('sha256').update(content).digest('hex').toUpperCase()} *${name}\r\n`)
  await file.truncate(3 * 2 ** 30)
  await file.close()
  await server.put({ [name]: content })
  expect(await server.ended(name)).toMatchObject({ state: 'published' })
})

test('checksums without their files, however many, hold nothing up', async () => {
  await Promise.all(Array.from({ length: 1100 }, (_, n) => writeFile(incoming(`absent-${n}.ndb.sha256`), '')))
  await server.put({ 'present.ndb': aSignature('Test.Present') })
  expect(await server.ended('present.ndb')).toMatchObject({ state: 'published' })
})

test('a folder called as a bundle does not stand for its volumes', async () => {
  const [first] = ['guardimesh-signatures-2.tar.zst.001']
  await mkdir(incoming('guardimesh-signatures-2.tar.zst'))
  await server.put({
    [first]: await rawSignatureBundle({
      key,
      entries: [{ path: 'clamav/volume.ndb', content: Buffer.from(aSignature('Test.Volume')) }],
    }),
  })
  expect(await server.ended(first)).toMatchObject({ state: 'published' })
})
