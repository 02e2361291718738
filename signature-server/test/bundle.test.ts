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
const RIGHT: RawSignatureBundle = { key, entries: [DATABASE, RULES] }

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

/** Reads it as the importer does, from a folder of its own. */
async function read({ bytes, ...options }: Reading) {
  count += 1
  const place = join(folder, String(count))
  mkdirSync(join(place, 'target'), { recursive: true })
  writeFileSync(join(place, NAME), bytes)
  const source = { path: join(place, NAME), trustedKeysFolder: trusted, targetFolder: join(place, 'target'), ...options }
  return readSignatureBundle(source, new AbortController().signal)
}

/** Why it is refused; whatever was refused left nothing. */
async function refusalFor(reading: Reading) {
  const error = await read(reading).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(existsSync(join(folder, String(count), 'target'))).toBe(false)
  return refusalOf(error)
}

test('a bundle that is right is unpacked, and says who signed it', async () => {
  const { manifest, signedBy, files } = await read({ bytes: await rawSignatureBundle(RIGHT) })
  expect(signedBy).toBe(key.fingerprint)
  expect(manifest).toMatchObject({ note: 'test', files: [DATABASE, RULES].map(describeEntry) })
  expect(files.map(({ name, kind, sizeBytes }) => ({ name, kind, sizeBytes }))).toEqual([
    { name: 'site.ndb', kind: 'clamav', sizeBytes: DATABASE.content.length },
    { name: 'site.yar', kind: 'yara', sizeBytes: RULES.content.length },
  ])
  expect(files.map(({ path }) => readFileSync(path))).toEqual([DATABASE.content, RULES.content])
  expect(await trustedFingerprints(trusted)).toEqual([other.fingerprint, key.fingerprint])
})

describe('who signed it', () => {
  test('no key is trusted', async () => {
    const bytes = await rawSignatureBundle(RIGHT)
    const expected = { check: 'bundle-signature', message: expect.stringContaining('no key is trusted. Add the .pub file') }
    expect(await read({ bytes, trustedKeysFolder: undefined }).catch(refusalOf)).toEqual(expected)
    expect(await read({ bytes, trustedKeysFolder: join(folder, 'missing') }).catch(refusalOf)).toEqual(expected)
  })

  test('another key: both fingerprints are told', async () => {
    const stranger = aKeyPair()
    const refused = await refusalFor({ bytes: await rawSignatureBundle({ ...RIGHT, key: stranger }) })
    expect(refused?.check).toBe('bundle-signature')
    for (const text of [NAME, key.fingerprint, other.fingerprint, `It says that ${stranger.fingerprint} signed it.`])
      expect(refused?.message).toContain(text)
  })

  test('a list that says a trusted key signed it, and it did not', async () => {
    const bytes = await rawSignatureBundle({ ...RIGHT, key: { ...aKeyPair(), fingerprint: key.fingerprint } })
    expect(await refusalFor({ bytes })).toEqual({
      check: 'bundle-signature',
      message: expect.stringContaining('it was changed on its way'),
    })
  })

  test('a trusted key that is none is named', async () => {
    const broken = trust(join(folder, 'broken'), key)
    writeFileSync(join(broken, 'oops.pub'), key.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const refused = await read({ bytes: await rawSignatureBundle(RIGHT), trustedKeysFolder: broken }).catch(refusalOf)
    expect(refused).toEqual({ check: 'bundle-signature', message: expect.stringMatching(/oops\.pub .*give the \.pub file/) })
  })
})

test.each<{ name: string; change: (bytes: Buffer) => Buffer; message: string }>([
  { name: 'cut short', change: (bytes) => bytes.subarray(0, bytes.length / 2), message: 'ends early' },
  { name: 'one byte short', change: (bytes) => bytes.subarray(0, -1), message: 'ends early' },
  { name: 'empty', change: () => Buffer.alloc(0), message: 'ends early' },
  { name: 'with a byte flipped', change: (bytes) => flipped(bytes, bytes.length - 60), message: 'is damaged' },
  { name: 'with something behind it', change: (bytes) => Buffer.concat([bytes, Buffer.from('x')]), message: 'added at the end' },
  { name: 'something else', change: () => Buffer.from('PK\u0003\u0004 something else'), message: 'no bundle of Guardimesh' },
])('a bundle that is $name is refused', async ({ change, message }) => {
  const bytes = change(await rawSignatureBundle(RIGHT))
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
    message: 'holds the file "../x.ndb", which is not in its list',
  },
  {
    name: 'more than listed',
    bundle: { entries: [DATABASE, RULES], listed: [describeEntry(DATABASE)] },
    message: 'holds the file "yara/site.yar", which is not in its list',
  },
  {
    name: 'less than listed',
    bundle: { entries: [DATABASE], listed: [DATABASE, RULES].map(describeEntry) },
    message: 'holds the end of the archive where yara/site.yar must be',
  },
  { name: 'a file twice', bundle: { entries: [DATABASE, DATABASE] }, message: 'names a file twice' },
  { name: '201 files', bundle: { entries: many }, message: '<=200 items' },
  { name: 'a list of another form', bundle: { list: { format: 2 } }, message: 'signatures.json of the bundle cannot be used' },
  {
    name: 'another content than listed',
    bundle: { change: (archive) => archive.fill('X', archive.lastIndexOf('rule Site'), archive.lastIndexOf('rule Site') + 1) },
    message: 'yara/site.yar in the bundle is damaged or was changed',
  },
  {
    name: 'a bomb: 600 MB of zeroes in a file of 1000 bytes',
    bundle: {
      entries: [{ path: 'clamav/bomb.ndb', content: Buffer.alloc(600_000_000) }],
      listed: [describeEntry({ path: 'clamav/bomb.ndb', content: Buffer.alloc(1000) })],
    },
    message: 'where clamav/bomb.ndb must be, unchanged',
  },
  {
    name: 'more bytes than are taken, as it says itself',
    bundle: { listed: [1, 2].map((number) => ({ ...describeEntry(DATABASE), path: `clamav/${number}.ndb`, sizeBytes: 5e9 })) },
    message: 'holds 10000000000 bytes, at most 8589934592 are taken',
    check: 'size',
  },
])('a bundle with $name is refused', async ({ bundle, message, check = 'bundle' }) => {
  const refused = await refusalFor({ bytes: await rawSignatureBundle({ ...RIGHT, ...bundle }) })
  expect(refused).toEqual({ check, message: expect.stringContaining(message) })
})

test('volumes are read from any of them; one that is missing is waited for, and named', async () => {
  const bytes = await rawSignatureBundle(RIGHT)
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

test('what is aborted leaves nothing and is no refusal', async () => {
  const targetFolder = mkdtempSync(join(folder, 'aborted-'))
  const path = join(folder, NAME)
  writeFileSync(path, await rawSignatureBundle(RIGHT))
  const stopped = readSignatureBundle({ path, trustedKeysFolder: trusted, targetFolder }, AbortSignal.abort(new Error('stopped')))
  await expect(stopped).rejects.toThrow('stopped')
  expect(readdirSync(folder)).not.toContain(basename(targetFolder))
})

describe('order', () => {
  const signed = (createdAt: string, signedBy = key.fingerprint) => ({ manifest: { createdAt }, signedBy })

  test('an older bundle of the same key is refused; the same one, a newer one and one of another key are not', () => {
    const newest = withBundle({}, signed('2026-11-20T00:00:00Z'))
    expect(() => requireNoOlderBundle(signed('2026-11-19T23:59:59Z'), newest)).toThrow('one of the same key of 2026-11-20T00:00:00Z')
    for (const fine of [signed('2026-11-20T00:00:00Z'), signed('2026-11-21T00:00:00Z'), signed('2020-01-01T00:00:00Z', other.fingerprint)])
      expect(() => requireNoOlderBundle(fine, newest)).not.toThrow()
    expect(withBundle(newest, signed('2026-11-19T00:00:00Z'))).toEqual(newest)
  })

  test('what a delta left out must be here', () => {
    const daily = { path: 'clamav/daily.cvd', version: 5 }
    const site = { path: 'clamav/site.ndb', sha256: 'a'.repeat(64) }
    const here = (version: number, sha256: string) => [
      { path: 'clamav/daily.cld', version, sha256: 'b'.repeat(64) },
      { path: 'clamav/site.ndb', sha256 },
    ]
    expect(() => requireBase({ requires: [daily, site] }, here(6, 'a'.repeat(64)))).not.toThrow()
    expect(() => requireBase({ requires: [daily, site] }, here(4, 'a'.repeat(64)))).toThrow('that has clamav/daily.cvd of version 5, which')
    expect(() => requireBase({ requires: [daily, site] }, here(5, 'c'.repeat(64)))).toThrow('that has clamav/site.ndb as it was packed')
  })
})

test.each([
  { name: NAME, bundle: NAME },
  { name: `${NAME}.001`, bundle: NAME },
  { name: `${NAME}.1`, bundle: undefined },
  { name: 'guardimesh-0.1.0-x64.tar.zst', bundle: undefined },
  { name: `../${NAME}`, bundle: undefined },
  { name: 'daily.cvd', bundle: undefined },
])('$name is of the bundle $bundle', ({ name, bundle }) => {
  expect(signatureBundleOf(name)).toBe(bundle)
  expect(isSignatureBundleName(name)).toBe(bundle !== undefined)
  expect(signatureBundleName({ createdAt: '2026-11-21T00:00:00.000Z' })).toBe(NAME)
})
