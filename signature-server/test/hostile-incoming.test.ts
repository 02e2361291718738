import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSignature, buildContainer } from './databases.js'
import { aGoldenServer, aTestEnvironment, expectRejected, type TestEnvironment } from './golden-server.js'
import { rawContainer } from './raw-container.js'
import type { RunningServer } from './running-server.js'
import { aKeyPair, rawSignatureBundle, trust } from './signature-bundle.js'

const TOOL = 'echo this tool is harmless\n'
const FUTURE_SECONDS = 4_000_000_000
const key = aKeyPair()
const inHex = (text: string) => Buffer.from(text).toString('hex')
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

let environment: TestEnvironment
let server: RunningServer

beforeAll(async () => {
  environment = await aTestEnvironment('hostile-incoming')
  server = await aGoldenServer(environment, 'volume', { TRUSTED_KEYS_FOLDER: trust(join(environment.folder, 'trusted'), key) })
})
afterAll(async () => {
  await server?.end('SIGTERM')
  await environment[Symbol.asyncDispose]()
})

const incoming = (name: string) => join(server.volume, 'incoming', name)

/** Builds a container with another build time in its header and its .info file. */
async function builtAt(name: string, seconds: number): Promise<Buffer> {
  const container = await buildContainer(environment.folder, name, { version: 1 })
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
    name: 'a signature with spaces in its name that matches the golden set',
    files: () => ({ 'spaced.ndb': `Test Greedy Name:0:*:${inHex('tool is harmless')}\n` }),
    check: 'golden-set',
    message: /the signature Test Greedy Name\.UNOFFICIAL matches the golden file/,
  },
  {
    name: 'a hash with a Unicode line separator in its name that matches the golden set',
    files: () => ({ 'unseen.hdb': `${md5(TOOL)}:${TOOL.length}:Test.\u2028Unseen\n` }),
    check: 'golden-set',
    message: /the signature Test\.\? ?Unseen\.UNOFFICIAL matches the golden file/,
  },
  {
    name: 'a database from the future',
    files: async () => ({ 'future.cud': await builtAt('future', FUTURE_SECONDS) }),
    check: 'header',
    message: /future\.cud has the build time 2096-10-02.* in the future \(server time 20/,
  },
  {
    name: 'a bundle from the future',
    files: async () => ({
      'guardimesh-signatures-1.tar.zst': await rawSignatureBundle({
        ...{ key, createdAt: '2096-10-02T00:00:00.000Z' },
        entries: [{ path: 'clamav/a.ndb', content: Buffer.from(aSignature('Test.A')) }],
      }),
    }),
    check: 'bundle',
    message: /packed at 2096-10-02.* in the future \(server time 20/,
  },
  {
    name: 'a renamed signed database',
    files: () => ({ 'main.cvd': rawContainer({ members: [{ name: 'daily.info', content: 'x' }], version: 27_000 }) }),
    check: 'name',
    message: /^main\.cvd is the database daily under another name/,
  },
  {
    name: 'a name of the maximum length',
    files: () => ({ [`${'a'.repeat(251)}.ndb`]: aSignature('Test.Long') }),
    check: 'name',
    message: /not a valid name of a ClamAV database/,
  },
])('rejects $name', async ({ files, ...expected }) => {
  await expectRejected(server, await files(), expected)
})

test('accepts a database from the future if a downgrade is allowed', async () => {
  await server.put({ 'ahead.cud.allow-downgrade': '', 'ahead.cud': await builtAt('ahead', FUTURE_SECONDS) })
  expect(await server.ended('ahead.cud')).toMatchObject({ state: 'published' })
})

test.each([
  { what: 'a folder', make: (path: string) => mkdir(path) },
  { what: 'a pipe', make: async (path: string) => void execFileSync('mkfifo', [path]) },
])('rejects a file with $what in place of its checksum file', async ({ make, what }) => {
  const name = `${what.replace(' ', '-')}.ndb`
  await make(incoming(`${name}.sha256`))
  await server.put({ [name]: aSignature('Test.Companion') })
  expect(await server.ended(name)).toMatchObject({ state: 'refused', check: 'regular-file', message: expect.stringContaining(name) })
  expect((await readdir(incoming(''))).filter((left) => left.startsWith(name))).toEqual([])
})

test('reads only the start of a checksum file', async () => {
  const [name, content] = ['large-checksum.ndb', aSignature('Test.Large.Checksum')]
  const file = await open(incoming(`${name}.sha256`), 'w')
  await file.writeFile(`${createHash('sha256').update(content).digest('hex').toUpperCase()} *${name}\r\n`)
  await file.truncate(3 * 2 ** 30)
  await file.close()
  await server.put({ [name]: content })
  expect(await server.ended(name)).toMatchObject({ state: 'published' })
})

test('ignores any number of checksum files without their files', async () => {
  await Promise.all(Array.from({ length: 1100 }, (_, n) => writeFile(incoming(`absent-${n}.ndb.sha256`), '')))
  await server.put({ 'present.ndb': aSignature('Test.Present') })
  expect(await server.ended('present.ndb')).toMatchObject({ state: 'published' })
})

test('imports volumes next to a folder with the name of their bundle', async () => {
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
