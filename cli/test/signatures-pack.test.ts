import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readPublicKey, readSignatureArchive } from '@guardimesh/signature-format'
import { buildClamavContainer } from '@guardimesh/testbed/clamav-container.js'
import { signedDatabase } from '@guardimesh/testbed/signed-databases.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runCli } from '../src/run-cli.js'
import { captureOutput } from './fixture/capture-output.js'

let folder: string
let key: string
/** A folder of freshclam with additional rules and a hash list. */
let databases: string
let count = 0

beforeAll(async () => {
  folder = await temporaryFolder('cli-pack')
  key = join(folder, 'site.key')
  expect(await run('keygen', join(folder, 'site'))).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Fingerprint: SHA256:') })
  databases = join(folder, 'databases')
  mkdirSync(join(databases, 'yara'), { recursive: true })
  for (const version of [11, 12]) writeFileSync(join(databases, `daily-${version}.cdiff`), aDelta(version))
  copyFileSync(await aContainer('daily', 12), join(databases, 'daily.cud'))
  copyFileSync(await aContainer('main', 5), join(databases, 'main.cud'))
  writeFileSync(join(databases, 'daily-12.cdiff.sign'), 'a detached signature')
  writeFileSync(join(databases, 'site.ndb'), aSignature('Test.Site'))
  writeFileSync(join(databases, 'iocs.csv'), `${'a'.repeat(64)},Test.Ioc\n`)
  writeFileSync(join(databases, 'yara/site.yar'), 'rule Site { condition: false }\n')
  writeFileSync(join(databases, 'freshclam.dat'), 'state of freshclam')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => {
  count += 1
})

const run = (...args: string[]) => captureOutput(() => runCli(['signatures', ...args]))
const output = () => join(folder, `out-${count}`)
const pack = (...args: string[]) => run('pack', '--key', key, '--output', output(), ...args)

function aSignature(name: string): string {
  return `${name}:0:*:${Buffer.from(`text of ${name}`).toString('hex')}\n`
}

/** Builds a container that is larger than its deltas. */
async function aContainer(name: string, version: number): Promise<string> {
  const lines = Array.from({ length: 400 }, (_, index) => aSignature(`Test.${name}.${version}.${index}.${Math.sin(index)}`))
  return buildClamavContainer(join(folder, 'sigtool'), { name, version, files: { [`${name}.ndb`]: lines.join('') } })
}

/** Builds a delta like those of ClamAV's authors, with an invalid signature. */
function aDelta(version: number): Buffer {
  const script = `OPEN daily.ndb\nADD ${aSignature(`Test.Delta.${version}`)}CLOSE\n`
  return Buffer.concat([Buffer.from(`ClamAV-Diff:${version}:${script.length}:`), gzipSync(script), Buffer.from(`:${'s'.repeat(342)}`)])
}

async function packedPaths(): Promise<string[]> {
  const { list } = await readSignatureArchive(join(output(), readdirSync(output())[0] ?? ''), [
    await readPublicKey(join(folder, 'site.pub')),
  ])
  return list.files.map(({ path }) => path)
}

function statusFile(...known: readonly { name: string; version?: number }[]): string {
  const entries = known.map(({ name, version }) => ({
    path: `clamav/${name}`,
    sizeBytes: 1,
    sha256: 'f'.repeat(64),
    version: version ?? null,
    signatures: null,
    builtAt: '',
  }))
  const path = join(folder, `status-${count}.json`)
  writeFileSync(path, JSON.stringify({ format: 1, exportedAt: '2026-11-21T00:00:00Z', generation: 'g1', databases: entries }))
  return path
}

/** Creates a folder of more than 1 MiB when packed. */
function largeFolder(): string {
  const large = join(folder, `large-${count}`)
  mkdirSync(large)
  const noise = Array.from({ length: 20_000 }, (_, index) => `Test.Noise.${index}:0:*:${randomBytes(64).toString('hex')}\n`)
  writeFileSync(join(large, 'large.ndb'), noise.join(''))
  return large
}

test('packs, verifies and inspects all files of a folder', async () => {
  const packed = await pack(databases, '--note', 'week 47')
  expect(packed.exitCode).toBe(0)
  expect(packed.stdout).toContain('8 files, ')
  expect(packed.stdout).toContain('  daily.cud 12, ')
  expect(packed.stdout).toContain('skipped, not a signature file: freshclam.dat')
  expect(packed.stdout).not.toContain('sigtool')
  const [name = ''] = readdirSync(output())
  expect(name).toMatch(/^guardimesh-signatures-\d{8}T\d{6}Z\.tar\.zst$/)
  const verified = await run('verify', join(output(), name), '--key', join(folder, 'site.pub'))
  expect(verified).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The bundle is complete: 8 files, ') })
  expect(verified.stdout).toContain('note: week 47')
  expect(verified.stdout).toMatch(/ {2}clamav\/daily\.cud, .*, version 12 of 20/)
  const inspected = await run('inspect', join(output(), name), '--json')
  expect(JSON.parse(inspected.stdout)).toMatchObject({ kind: 'bundle', problem: '', manifest: { note: 'week 47' } })
  expect(await packedPaths()).toEqual([
    'clamav/daily.cud',
    'clamav/daily-11.cdiff',
    'clamav/daily-12.cdiff',
    'clamav/main.cud',
    'clamav/iocs.csv',
    'clamav/site.ndb',
    'yara/site.yar',
    'clamav/daily-12.cdiff.sign',
  ])
})

test('escapes the names of skipped files', async () => {
  const hostile = join(folder, 'hostile')
  mkdirSync(hostile)
  writeFileSync(join(hostile, 'ours.ndb'), aSignature('Test.Ours'))
  writeFileSync(join(hostile, 'note\u001b]0;owned\u0007\u001b[2K\rAll files\nare signed.txt'), '')
  const packed = await pack(hostile)
  expect(packed.stdout).toContain(String.raw`skipped, not a signature file: note\x1b]0;owned\x07\x1b[2K\x0dAll files\x0aare signed.txt`)
})

test('packs a delta for a destination that is one version behind', async () => {
  const since = statusFile({ name: 'daily.cud', version: 11 }, { name: 'main.cld', version: 5 })
  const packed = await pack(databases, '--since', since)
  expect(packed.stdout).toMatch(/ {2}daily\.cud 12 as 1 delta from 11, \d+ bytes; [\d.]+ KiB saved\n/)
  expect(packed.stdout).toMatch(/skipped, present at the destination: main\.cud 5; [\d.]+ KiB saved\n/)
  expect(packed.stdout).toContain('skipped, not needed: daily-11.cdiff')
  expect(await packedPaths()).toEqual([
    'clamav/daily-12.cdiff',
    'clamav/iocs.csv',
    'clamav/site.ndb',
    'yara/site.yar',
    'clamav/daily-12.cdiff.sign',
  ])
  const inspected = await run('inspect', join(output(), readdirSync(output())[0] ?? ''))
  expect(inspected.stdout).toContain(
    'requires at the destination:\n  clamav/daily.cud version 11 or later\n  clamav/main.cud version 5 or later\n',
  )
})

test("verifies databases of ClamAV's authors and packs their deltas for an older destination", async () => {
  const official = join(folder, 'official')
  mkdirSync(official)
  copyFileSync(signedDatabase('test-6.cvd'), join(official, 'test.cvd'))
  for (const version of [4, 5, 6]) copyFileSync(signedDatabase(`test-${version}.cdiff`), join(official, `test-${version}.cdiff`))
  const packed = await pack(official, '--since', statusFile({ name: 'test.cld', version: 4 }))
  expect(packed).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/ {2}test\.cvd 6 as 2 deltas from 4, [\d.]+ KiB; [\d.]+ KiB saved\n/),
  })
  expect(packed.stdout).toContain('skipped, not needed: test-4.cdiff')
  expect(await packedPaths()).toEqual(['clamav/test-5.cdiff', 'clamav/test-6.cdiff'])
})

/** Creates the folder of cvdupdate 1.2 after updates to version 3 and 6, including its configuration and log. */
function cvdupdateFolder(): string {
  const place = join(folder, 'cvdupdate')
  mkdirSync(join(place, 'logs'), { recursive: true })
  copyFileSync(signedDatabase('test-6.cvd'), join(place, 'test.cvd'))
  copyFileSync(signedDatabase('bytecode.cvd'), join(place, 'bytecode.cvd'))
  for (const version of [3, 4, 5, 6]) copyFileSync(signedDatabase(`test-${version}.cdiff`), join(place, `test-${version}.cdiff`))
  const signed = ['bytecode-19.cvd', 'test-3.cdiff', 'test-3.cvd', 'test-6.cdiff', 'test-6.cvd', 'third.ndb']
  for (const name of signed) writeFileSync(join(place, `${name}.sign`), '#clamsign-1.0\n')
  writeFileSync(join(place, 'third.ndb'), aSignature('Test.Third'))
  writeFileSync(join(place, 'dns.txt'), '1.4.3:6:27000:1795271672:0:90:49192:19')
  for (const name of ['config.json', 'state.json']) writeFileSync(join(place, name), '{}')
  writeFileSync(join(place, 'logs/2026-11-28.log'), 'INFO: Downloaded test.cvd. Version: 6\n')
  return place
}

test('packs databases, deltas and detached signatures of a cvdupdate folder, without its other files', async () => {
  const place = cvdupdateFolder()
  const packed = await pack(place)
  expect(packed).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('rror') })
  expect(packed.stdout).toContain('skipped, not needed: test-3.cvd.sign\n')
  expect(packed.stdout).toContain('skipped, not a signature file: config.json, dns.txt, state.json, third.ndb.sign\n')
  const deltas = [3, 4, 5, 6].map((version) => `clamav/test-${version}.cdiff`)
  const signatures = ['bytecode-19.cvd', 'test-3.cdiff', 'test-6.cdiff', 'test-6.cvd'].map((name) => `clamav/${name}.sign`)
  expect(await packedPaths()).toEqual(['clamav/bytecode.cvd', 'clamav/test.cvd', ...deltas, 'clamav/third.ndb', ...signatures])
})

test('packs deltas with their detached signatures for a destination that is three versions behind', async () => {
  const since = statusFile({ name: 'test.cvd', version: 3 }, { name: 'bytecode.cvd', version: 19 })
  const packed = await pack(cvdupdateFolder(), '--since', since)
  expect(packed.stdout).toMatch(/ {2}test\.cvd 6 as 3 deltas from 3, [\d.]+ KiB; [\d.]+ KiB saved\n/)
  const deltas = [4, 5, 6].map((version) => `clamav/test-${version}.cdiff`)
  expect(await packedPaths()).toEqual([...deltas, 'clamav/third.ndb', 'clamav/test-6.cdiff.sign'])
})

test('packs nothing for a destination that has all files', async () => {
  const only = join(folder, 'only-main')
  mkdirSync(only)
  symlinkSync(join(databases, 'main.cud'), join(only, 'main.cud'))
  const packed = await pack(only, '--since', statusFile({ name: 'main.cud', version: 5 }))
  expect(packed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing to pack: the destination has all files.') })
})

test('splits a bundle into volumes, which can be verified from any of them', async () => {
  const large = largeFolder()
  const packed = await pack(large, '--volume-size', '1M')
  expect(packed.exitCode).toBe(0)
  const names = readdirSync(output()).sort()
  expect(names.map((name) => name.slice(-4))).toEqual(['.001', '.002'])
  expect(statSync(join(output(), names[0] ?? '')).size).toBe(1_000_000)
  for (const name of names)
    expect((await run('verify', join(output(), name), '--key', join(folder, 'site.pub'))).stdout).toContain(
      'The bundle is complete: 1 file,',
    )
})

test.each<{ name: string; file: string; content: () => Buffer; message: string }>([
  {
    name: 'a flipped byte',
    file: 'main.cud',
    content: () => flipped(readFileSync(join(databases, 'main.cud'))),
    message: 'main.cud is damaged: its content does not match the MD5 in its header',
  },
  {
    name: 'an error page',
    file: 'daily.cvd',
    content: () => Buffer.from('<html>403</html>'),
    message: 'daily.cvd has no valid ClamAV header',
  },
  {
    name: 'an unsigned database under the name of a signed one',
    file: 'main.cvd',
    content: () => readFileSync(join(databases, 'main.cud')),
    message: "main.cvd has no valid signature of ClamAV's authors",
  },
])('does not pack $name', async ({ file, content, message }) => {
  const place = join(folder, `wrong-${count}`)
  mkdirSync(place)
  writeFileSync(join(place, file), content())
  expect(await pack(place)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(message) })
  expect(() => readdirSync(output())).toThrow('ENOENT')
})

test.each<{ name: string; file: string; content: Buffer; message: string }>([
  { name: 'is truncated', file: 'daily-13.cdiff', content: aDelta(13).subarray(0, 60), message: 'daily-13.cdiff is truncated' },
  { name: 'lacks its signature', file: 'daily-13.cdiff', content: aDelta(13).subarray(0, -300), message: 'daily-13.cdiff is truncated' },
  {
    name: 'has a wrong name',
    file: 'daily-13.cdiff',
    content: aDelta(14),
    message: 'is a delta to version 14, which does not match its name',
  },
  { name: 'is not a delta', file: 'daily-13.cdiff', content: Buffer.from('<html>'), message: 'is not a valid .cdiff' },
])('does not pack a delta that $name', async ({ file, content, message }) => {
  const place = join(folder, `delta-${count}`)
  mkdirSync(place)
  copyFileSync(await aContainer('daily', 13), join(place, 'daily.cud'))
  writeFileSync(join(place, file), content)
  expect(await pack(place)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(message) })
})

function flipped(bytes: Buffer): Buffer {
  bytes[bytes.length - 20] = (bytes.at(-20) ?? 0) ^ 1
  return bytes
}

test('reports folders without signatures and duplicate names', async () => {
  const empty = join(folder, 'empty')
  mkdirSync(empty)
  expect(await pack(empty)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('No signatures found in') })
  expect(await pack(join(folder, 'nowhere'))).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('nowhere cannot be read') })
  writeFileSync(join(empty, 'site.ndb'), aSignature('Test.Other'))
  expect(await pack(databases, empty)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('have the same name but different content'),
  })
  expect(await pack(databases, '--since', key)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('was not written by') })
})

test('rejects a bundle of another key and names the claimed signer', async () => {
  await run('keygen', join(folder, 'other'))
  await pack(databases)
  const bundle = join(output(), readdirSync(output())[0] ?? '')
  const refused = await run('verify', bundle, '--key', join(folder, 'other.pub'))
  expect(refused).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/not signed with the key SHA256:.* It claims to be signed by SHA256:\S+/),
  })
})

test('inspects files of ClamAV without a key', async () => {
  const database = await run('inspect', join(databases, 'daily.cud'))
  expect(database.stdout).toMatch(/^version 12 of 20\S+Z, 400 signatures, functionality level \d+\n/)
  expect((await run('inspect', join(databases, 'daily-12.cdiff'))).stdout).toMatch(/^delta to version 12\n.*SHA-256 [0-9a-f]{64}\n/)
  const other = join(databases, 'freshclam.dat')
  expect(await run('inspect', other)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is not a signature bundle') })
})

test('shows the list of a damaged bundle and the damage', async () => {
  await pack(largeFolder())
  const bundle = join(output(), readdirSync(output())[0] ?? '')
  const bytes = readFileSync(bundle)
  writeFileSync(bundle, bytes.subarray(0, bytes.length - 50))
  const inspected = await run('inspect', bundle)
  expect(inspected).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('clamav/large.ndb') })
  expect(inspected.stdout).toContain('ends early')
})
