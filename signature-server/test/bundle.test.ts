import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { isSignatureBundleName, signatureBundleName, signatureBundleOf } from '@guardimesh/contracts'
import { requireBase, requireNoOlderBundle, withBundle } from '@guardimesh/signature-server/bundle/bundle-order.js'
import { isAwaitingVolume, readSignatureBundle } from '@guardimesh/signature-server/bundle/read-signature-bundle.js'
import { trustedFingerprints } from '@guardimesh/signature-server/bundle/trusted-keys.js'
import { refusalOf } from '@guardimesh/signature-server/refusal.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aSignature } from './databases.js'
import { aKeyPair, describeEntry, type Entry, type RawSignatureBundle, rawSignatureBundle, trust } from './signature-bundle.js'

const NAME = 'guardimesh-signatures-20261121T000000Z.tar.zst'
const key = aKeyPair()
const other = aKeyPair()
const DATABASE: Entry = { path: 'clamav/site.ndb', content: Buffer.from(aSignature('Test.Site').repeat(2000)) }
const RULES: Entry = { path: 'yara/site.yar', content: Buffer.from('rule Site { condition: false }\n') }
const VALID: RawSignatureBundle = { key, entries: [DATABASE, RULES] }

let folder: string
let trusted: string
let count = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardimesh-bundle-'))
  trusted = trust(join(folder, 'trusted'), other, key)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Reading {
  readonly bytes: Buffer
  readonly trustedKeysFolder?: string | undefined
}

/** Reads a bundle from a separate folder, as an import does. */
async function read({ bytes, ...options }: Reading) {
  count += 1
  const place = join(folder, String(count))
  mkdirSync(join(place, 'target'), { recursive: true })
  writeFileSync(join(place, NAME), bytes)
  const source = { path: join(place, NAME), trustedKeysFolder: trusted, targetFolder: join(place, 'target'), ...options }
  return readSignatureBundle(source, new AbortController().signal)
}

/** Returns the rejection of a bundle and asserts that nothing was unpacked. */
async function refusalFor(reading: Reading) {
  const error = await read(reading).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(existsSync(join(folder, String(count), 'target'))).toBe(false)
  return refusalOf(error)
}

test('unpacks a valid bundle and returns its signer', async () => {
  const { manifest, signedBy, files } = await read({ bytes: await rawSignatureBundle(VALID) })
  expect(signedBy).toBe(key.fingerprint)
  expect(manifest).toMatchObject({ note: 'test', files: [DATABASE, RULES].map(describeEntry) })
  expect(files.map(({ name, kind, sizeBytes }) => ({ name, kind, sizeBytes }))).toEqual([
    { name: 'site.ndb', kind: 'clamav', sizeBytes: DATABASE.content.length },
    { name: 'site.yar', kind: 'yara', sizeBytes: RULES.content.length },
  ])
  expect(files.map(({ path }) => readFileSync(path))).toEqual([DATABASE.content, RULES.content])
  expect(await trustedFingerprints(trusted)).toEqual([other.fingerprint, key.fingerprint])
})

describe('signature', () => {
  test('rejects bundles without a trusted key', async () => {
    const bytes = await rawSignatureBundle(VALID)
    const expected = { check: 'bundle-signature', message: expect.stringContaining('no key is trusted. Add the public key (.pub)') }
    expect(await read({ bytes, trustedKeysFolder: undefined }).catch(refusalOf)).toEqual(expected)
    expect(await read({ bytes, trustedKeysFolder: join(folder, 'missing') }).catch(refusalOf)).toEqual(expected)
  })

  test('rejects another key and names both fingerprints', async () => {
    const stranger = aKeyPair()
    const rejected = await refusalFor({ bytes: await rawSignatureBundle({ ...VALID, key: stranger }) })
    expect(rejected?.check).toBe('bundle-signature')
    for (const text of [NAME, key.fingerprint, other.fingerprint, `It claims to be signed by ${stranger.fingerprint}.`])
      expect(rejected?.message).toContain(text)
  })

  test('rejects a list that falsely claims a trusted key', async () => {
    const bytes = await rawSignatureBundle({ ...VALID, key: { ...aKeyPair(), fingerprint: key.fingerprint } })
    expect(await refusalFor({ bytes })).toEqual({
      check: 'bundle-signature',
      message: expect.stringContaining('it was changed after signing'),
    })
  })

  test('names an invalid file of the trusted keys', async () => {
    const broken = trust(join(folder, 'broken'), key)
    writeFileSync(join(broken, 'oops.pub'), key.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const rejected = await read({ bytes: await rawSignatureBundle(VALID), trustedKeysFolder: broken }).catch(refusalOf)
    expect(rejected).toEqual({ check: 'bundle-signature', message: expect.stringMatching(/oops\.pub .*use the \.pub file/) })
  })
})

test.each<{ name: string; change: (bytes: Buffer) => Buffer; message: string }>([
  { name: 'truncated', change: (bytes) => bytes.subarray(0, bytes.length / 2), message: 'ends early' },
  { name: 'one byte short', change: (bytes) => bytes.subarray(0, -1), message: 'ends early' },
  { name: 'empty', change: () => Buffer.alloc(0), message: 'ends early' },
  { name: 'changed in one byte', change: (bytes) => flipped(bytes, bytes.length - 60), message: 'is damaged' },
  { name: 'followed by extra data', change: (bytes) => Buffer.concat([bytes, Buffer.from('x')]), message: 'extra data at the end' },
  { name: 'a file of another format', change: () => Buffer.from('PK\u0003\u0004 something else'), message: 'not a Guardimesh bundle' },
])('rejects a bundle that is $name', async ({ change, message }) => {
  const bytes = change(await rawSignatureBundle(VALID))
  expect(await refusalFor({ bytes })).toEqual({ check: 'bundle', message: expect.stringContaining(message) })
})

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

const extra = (path: string): Entry => ({ path, content: Buffer.from('extra') })
const many = Array.from({ length: 201 }, (_, index) => extra(`clamav/many-${index}.ndb`))

test.each<{ name: string; bundle: Partial<RawSignatureBundle>; message: string; check?: string }>([
  { name: '"..", listed', bundle: { entries: [DATABASE, extra('clamav/../../etc/cron.d/x')] }, message: 'no ".."' },
  { name: 'a path from the root, listed', bundle: { entries: [extra('/etc/x.ndb')] }, message: 'must be clamav/NAME or yara/NAME' },
  { name: 'another folder, listed', bundle: { entries: [extra('clamav/deeper/x.ndb')] }, message: 'no other folder' },
  {
    name: '"..", not listed',
    bundle: { entries: [DATABASE, extra('../x.ndb')], listed: [describeEntry(DATABASE)] },
    message: 'contains the file "../x.ndb", which is not in its list',
  },
  {
    name: 'more files than listed',
    bundle: { entries: [DATABASE, RULES], listed: [describeEntry(DATABASE)] },
    message: 'contains the file "yara/site.yar", which is not in its list',
  },
  {
    name: 'fewer files than listed',
    bundle: { entries: [DATABASE], listed: [DATABASE, RULES].map(describeEntry) },
    message: 'contains the end of the archive instead of the expected entry for yara/site.yar',
  },
  { name: 'a duplicate file', bundle: { entries: [DATABASE, DATABASE] }, message: 'duplicate file' },
  { name: '201 files', bundle: { entries: many }, message: '<=200 items' },
  { name: 'a list of another format', bundle: { list: { format: 2 } }, message: 'signatures.json of the bundle is invalid' },
  {
    name: 'content that differs from the list',
    bundle: { change: (archive) => archive.fill('X', archive.lastIndexOf('rule Site'), archive.lastIndexOf('rule Site') + 1) },
    message: 'yara/site.yar is damaged or was changed',
  },
  {
    name: 'a decompression bomb of 600 MB listed with 1000 bytes',
    bundle: {
      entries: [{ path: 'clamav/bomb.ndb', content: Buffer.alloc(600_000_000) }],
      listed: [describeEntry({ path: 'clamav/bomb.ndb', content: Buffer.alloc(1000) })],
    },
    message: 'instead of the expected entry for clamav/bomb.ndb',
  },
  {
    name: 'a listed size above the maximum',
    bundle: { listed: [1, 2].map((number) => ({ ...describeEntry(DATABASE), path: `clamav/${number}.ndb`, sizeBytes: 5e9 })) },
    message: 'it contains 10000000000 bytes (maximum 8589934592)',
    check: 'size',
  },
])('rejects a bundle with $name', async ({ bundle, message, check = 'bundle' }) => {
  const rejected = await refusalFor({ bytes: await rawSignatureBundle({ ...VALID, ...bundle }) })
  expect(rejected).toEqual({ check, message: expect.stringContaining(message) })
})

test('reads a bundle from any of its volumes and names a missing volume', async () => {
  const bytes = await rawSignatureBundle(VALID)
  const place = join(folder, 'volumes')
  mkdirSync(place)
  const third = Math.ceil(bytes.length / 3)
  for (const index of [0, 1, 2]) writeFileSync(join(place, `${NAME}.00${index + 1}`), bytes.subarray(index * third, (index + 1) * third))
  const readFrom = (volume: string) => {
    const targetFolder = mkdtempSync(join(folder, 'target-'))
    const path = join(place, `${NAME}.${volume}`)
    return readSignatureBundle({ path, trustedKeysFolder: trusted, targetFolder }, new AbortController().signal)
  }
  for (const volume of ['001', '003']) expect((await readFrom(volume)).files.map(({ name }) => name)).toEqual(['site.ndb', 'site.yar'])
  rmSync(join(place, `${NAME}.003`))
  const lastIsMissing = await readFrom('001').catch((error: unknown) => error)
  expect(refusalOf(lastIsMissing)).toEqual({ check: 'bundle', message: expect.stringContaining('its last volume is missing') })
  expect(isAwaitingVolume(lastIsMissing, `${NAME}.001`)).toBe(true)
  writeFileSync(join(place, `${NAME}.003`), 'x')
  rmSync(join(place, `${NAME}.002`))
  const secondIsMissing = await readFrom('001').catch((error: unknown) => error)
  expect(refusalOf(secondIsMissing)?.message).toContain(`The volume ${NAME}.002 is missing`)
  expect(isAwaitingVolume(secondIsMissing, `${NAME}.003`)).toBe(true)
  const damaged = await read({ bytes: bytes.subarray(0, -1) }).catch((error: unknown) => error)
  expect(isAwaitingVolume(damaged, NAME)).toBe(false)
})

test('leaves no files after an abort, and does not report it as a rejection', async () => {
  const targetFolder = mkdtempSync(join(folder, 'aborted-'))
  const path = join(folder, NAME)
  writeFileSync(path, await rawSignatureBundle(VALID))
  const stopped = readSignatureBundle({ path, trustedKeysFolder: trusted, targetFolder }, AbortSignal.abort(new Error('stopped')))
  await expect(stopped).rejects.toThrow('stopped')
  expect(readdirSync(folder)).not.toContain(basename(targetFolder))
})

describe('order', () => {
  const signed = (createdAt: string, signedBy = key.fingerprint) => ({ manifest: { createdAt }, signedBy })

  test('rejects an older bundle of the same key only', () => {
    const newest = withBundle({}, signed('2026-11-20T00:00:00Z'))
    expect(() => requireNoOlderBundle(signed('2026-11-19T23:59:59Z'), newest)).toThrow('a newer one of the same key (2026-11-20T00:00:00Z)')
    for (const fine of [signed('2026-11-20T00:00:00Z'), signed('2026-11-21T00:00:00Z'), signed('2020-01-01T00:00:00Z', other.fingerprint)])
      expect(() => requireNoOlderBundle(fine, newest)).not.toThrow()
    expect(withBundle(newest, signed('2026-11-19T00:00:00Z'))).toEqual(newest)
  })

  test('requires the files that a bundle omits', () => {
    const daily = { path: 'clamav/daily.cvd', version: 5 }
    const site = { path: 'clamav/site.ndb', sha256: 'a'.repeat(64) }
    const here = (version: number, sha256: string) => [
      { path: 'clamav/daily.cld', version, sha256: 'b'.repeat(64) },
      { path: 'clamav/site.ndb', sha256 },
    ]
    expect(() => requireBase({ requires: [daily, site] }, here(6, 'a'.repeat(64)))).not.toThrow()
    expect(() => requireBase({ requires: [daily, site] }, here(4, 'a'.repeat(64)))).toThrow(
      'requires clamav/daily.cvd version 5 or later, which',
    )
    expect(() => requireBase({ requires: [daily, site] }, here(5, 'c'.repeat(64)))).toThrow(
      `requires clamav/site.ndb with SHA-256 ${'a'.repeat(64)}, which`,
    )
  })
})

test.each([
  { name: NAME, bundle: NAME },
  { name: `${NAME}.001`, bundle: NAME },
  { name: `${NAME}.1`, bundle: undefined },
  { name: 'guardimesh-0.1.0-x64.tar.zst', bundle: undefined },
  { name: `../${NAME}`, bundle: undefined },
  { name: 'daily.cvd', bundle: undefined },
])('assigns $name to the bundle $bundle', ({ name, bundle }) => {
  expect(signatureBundleOf(name)).toBe(bundle)
  expect(isSignatureBundleName(name)).toBe(bundle !== undefined)
  expect(signatureBundleName({ createdAt: '2026-11-21T00:00:00.000Z' })).toBe(NAME)
})
