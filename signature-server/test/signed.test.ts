import { readFile } from 'node:fs/promises'
import { SignatureCatalog } from '@guardimesh/contracts'
import { inspectContainer } from '@guardimesh/signature-format'
import { signedDatabase } from '@guardimesh/testbed/signed-databases.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aGoldenServer, aTestEnvironment, expectRejected, type TestEnvironment } from './golden-server.js'
import type { RunningServer } from './running-server.js'

/** Header of a .cvd: fields between colons; the seventh is the signature of ClamAV's authors over the MD5 in the sixth. */
const SIGNATURE_FIELD = 6
const HEADER_BYTES = 512

let environment: TestEnvironment
let server: RunningServer

beforeAll(async () => {
  environment = await aTestEnvironment('signature-signed')
  server = await aGoldenServer(environment, 'signed', { UNSIGNED_FILES: 'refuse' })
  await expectPublished({ 'test.cvd': await signed('test-2.cvd') })
})
afterAll(async () => {
  await server.end('SIGTERM')
  await environment[Symbol.asyncDispose]()
})

const signed = (name: string) => readFile(signedDatabase(name))
const contentOf = async (name: string) => (await inspectContainer(signedDatabase(name), new AbortController().signal)).contentSha256
const catalog = async () => SignatureCatalog.parse(JSON.parse((await server.get('/v1/catalog')).body.toString()))
const containerNamed = async (path: string) => (await server.catalog()).files.find((file) => file.path === path)

async function expectPublished(files: Record<string, Buffer | string>): Promise<void> {
  await server.put(files)
  const [last = ''] = Object.keys(files).slice(-1)
  const { state, message } = await server.ended(last)
  expect({ state, message }).toEqual({ state: 'published', message: '' })
}

async function flipped(name: string, at: number): Promise<Buffer> {
  const bytes = await signed(name)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes
}

/** Combines a valid database with the valid signature of another. */
async function signedLike(name: string, other: string): Promise<Buffer> {
  const [bytes, donor] = [await signed(name), await signed(other)]
  const fields = bytes.toString('latin1', 0, HEADER_BYTES).split(':')
  fields[SIGNATURE_FIELD] = donor.toString('latin1', 0, HEADER_BYTES).split(':')[SIGNATURE_FIELD] ?? ''
  bytes.write(fields.join(':').trimEnd().padEnd(HEADER_BYTES), 'latin1')
  return bytes
}

/** Combines the script of a delta with the signature of another. */
async function deltaSignedLike(name: string, other: string): Promise<Buffer> {
  const [bytes, donor] = [await signed(name), await signed(other)]
  return Buffer.concat([bytes.subarray(0, bytes.lastIndexOf(':')), donor.subarray(donor.lastIndexOf(':'))])
}

describe('with version 2 of a database and signed files only', () => {
  test.each([
    {
      name: 'a database with a byte flipped',
      files: async () => ({ 'flipped/test.cvd': await flipped('test-3.cvd', 4000) }),
      check: 'checksum',
      message: /^test\.cvd is damaged: its content does not match the MD5 in its header/,
    },
    {
      name: 'a database with a byte of its signature flipped',
      files: async () => ({ 'signature/test.cvd': await flipped('test-3.cvd', 150) }),
      check: 'digital-signature',
      message: /^test\.cvd has no valid signature of ClamAV's authors/,
    },
    {
      name: 'a database with the signature of another',
      files: async () => ({ 'other/test.cvd': await signedLike('test-3.cvd', 'test-4.cvd') }),
      check: 'digital-signature',
      message: /^test\.cvd has no valid signature of ClamAV's authors/,
    },
    {
      name: 'an older database',
      files: async () => ({ 'older/test.cvd': await signed('test-1.cvd') }),
      check: 'version',
      message: /test\.cvd has version 1.* has 2.*allow-downgrade/,
    },
    {
      name: 'a delta with a byte flipped',
      files: async () => ({ 'flipped/test-3.cdiff': await flipped('test-3.cdiff', 600) }),
      check: 'delta',
      message: /^test-3\.cdiff cannot be applied to test\.cvd: /,
    },
    {
      name: 'a delta with the signature of another',
      files: async () => ({ 'other/test-3.cdiff': await deltaSignedLike('test-3.cdiff', 'test-4.cdiff') }),
      check: 'delta',
      message: /^test-3\.cdiff cannot be applied to test\.cvd: /,
    },
    {
      name: 'a later delta under the name of the next one',
      files: async () => ({ 'renamed/test-3.cdiff': await signed('test-4.cdiff') }),
      check: 'delta',
      message: /^test-3\.cdiff cannot be applied to test\.cvd: /,
    },
    {
      name: 'a delta with a gap before it',
      files: async () => ({ 'gap/test-4.cdiff': await signed('test-4.cdiff') }),
      check: 'delta',
      message: /updates test from version 3 to 4, but the current test\.cvd has version 2\. Import test-3\.cdiff as well/,
    },
    {
      name: 'a chain of deltas with a damaged one',
      files: async () => ({
        'chain/test-3.cdiff': await signed('test-3.cdiff'),
        'chain/test-4.cdiff': await flipped('test-4.cdiff', 500),
      }),
      check: 'delta',
      message: /^test-4\.cdiff cannot be applied to test\.cld: /,
    },
  ])('rejects $name', async ({ files, ...expected }) => {
    await expectRejected(server, await files(), expected)
  })
})

test('produces the content of the full database from a chain of deltas and offers the deltas to nodes', { timeout: 120_000 }, async () => {
  expect(await containerNamed('clamav/test.cvd')).toMatchObject({ version: 2, contentSha256: await contentOf('test-2.cvd') })
  // The first delta produces the current version; the server keeps it for the mirror.
  await expectPublished({ 'test-2.cdiff': await signed('test-2.cdiff'), 'test-3.cdiff': await signed('test-3.cdiff') })
  const third = await contentOf('test-3.cvd')
  expect(await containerNamed('clamav/test.cld')).toMatchObject({ version: 3, contentSha256: third })
  const { deltas, generation } = await catalog()
  expect(deltas).toMatchObject([
    { path: 'deltas/test-3.cdiff', form: 'cdiff', target: 'clamav/test.cld', fromContentSha256: await contentOf('test-2.cvd') },
  ])
  expect((await server.get(`/v1/generations/${generation}/deltas/test-3.cdiff`)).body).toEqual(await signed('test-3.cdiff'))

  const rest = [4, 5, 6].map((version) => `test-${version}.cdiff`)
  await expectPublished(Object.fromEntries(await Promise.all(rest.map(async (name) => [name, await signed(name)] as const))))
  const updated = await containerNamed('clamav/test.cld')
  expect(updated).toMatchObject({ version: 6, contentSha256: await contentOf('test-6.cvd') })
  for (const name of ['test-2.cdiff', 'test-3.cdiff', ...rest]) expect((await server.get(`/${name}`)).body).toEqual(await signed(name))
  const all = (await catalog()).deltas.filter(({ target }) => target === 'clamav/test.cld')
  expect(all.map(({ fromContentSha256 }) => fromContentSha256)).toEqual(expect.arrayContaining([third, await contentOf('test-2.cvd')]))

  await expectRejected(server, { 'back/test.cvd': await signed('test-5.cvd') }, { check: 'version', message: /has version 5.* has 6/ })
  await expectPublished({ 'full/test.cvd': await signed('test-6.cvd') })
  expect((await server.catalog()).files.map(({ path }) => path)).toContain('clamav/test.cvd')
  await expectPublished({ 'wanted/test.cvd.allow-downgrade': '', 'wanted/test.cvd': await signed('test-5.cvd') })
  expect(await containerNamed('clamav/test.cvd')).toMatchObject({ version: 5 })
})

test("loads ClamAV's bytecode", async () => {
  await expectPublished({ 'bytecode.cvd': await signed('bytecode.cvd') })
  expect(await containerNamed('clamav/bytecode.cvd')).toMatchObject({ version: 19, signatures: 3 })
})
