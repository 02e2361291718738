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
/** As freshclam leaves it, with rules and a list of our own. */
let databases: string
let count = 0

beforeAll(async () => {
  folder = await temporaryFolder('cli-pack')
  key = join(folder, 'site.key')
  expect(await run('keygen', join(folder, 'site'))).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Fingerprint: SHA256:') })
  databases = join(folder, 'databases')
  mkdirSync(join(databases, 'yara'), { recursive: true })
  for (const version of [11, 12]) writeFileSync(join(databases, `daily-${version}.cdiff`), aStep(version))
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

/** A container that is larger than its steps. */
async function aContainer(name: string, version: number): Promise<string> {
  const lines = Array.from({ length: 400 }, (_, index) => aSignature(`Test.${name}.${version}.${index}.${Math.sin(index)}`))
  return buildClamavContainer(join(folder, 'sigtool'), { name, version, files: { [`${name}.ndb`]: lines.join('') } })
}

/** As ClamAV's authors make them, but for the signature, which only they can. */
function aStep(version: number): Buffer {
  const script = `OPEN daily.ndb\nADD ${aSignature(`Test.Step.${version}`)}CLOSE\n`
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

/** More than a megabyte, packed. */
function largeFolder(): string {
  const large = join(folder, `large-${count}`)
  mkdirSync(large)
  const noise = Array.from({ length: 20_000 }, (_, index) => `Test.Noise.${index}:0:*:${randomBytes(64).toString('hex')}\n`)
  writeFileSync(join(large, 'large.ndb'), noise.join(''))
  return large
}

test('everything of a folder is packed, verified and shown', async () => {
  const packed = await pack(databases, '--note', 'week 47')
  expect(packed.exitCode).toBe(0)
  expect(packed.stdout).toContain('8 files, ')
  expect(packed.stdout).toContain('  daily.cud 12, ')
  expect(packed.stdout).toContain('left out, as it is no signature file: freshclam.dat')
  expect(packed.stdout).not.toContain('sigtool')
  const [name = ''] = readdirSync(output())
  expect(name).toMatch(/^guardimesh-signatures-\d{8}T\d{6}Z\.tar\.zst$/)
  const verified = await run('verify', join(output(), name), '--key', join(folder, 'site.pub'))
  expect(verified).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The bundle is whole: 8 files, ') })
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

test('a side that is a step behind gets the step, and says what was saved', async () => {
  const since = statusFile({ name: 'daily.cud', version: 11 }, { name: 'main.cld', version: 5 })
  const packed = await pack(databases, '--since', since)
  expect(packed.stdout).toMatch(/ {2}daily\.cud 12 as 1 step from 11, \d+ bytes; [\d.]+ KiB saved\n/)
  expect(packed.stdout).toMatch(/left out, as the other side has it: main\.cud 5; [\d.]+ KiB saved\n/)
  expect(packed.stdout).toContain('left out, as nothing packed needs it: daily-11.cdiff')
  expect(await packedPaths()).toEqual([
    'clamav/daily-12.cdiff',
    'clamav/iocs.csv',
    'clamav/site.ndb',
    'yara/site.yar',
    'clamav/daily-12.cdiff.sign',
  ])
  const inspected = await run('inspect', join(output(), readdirSync(output())[0] ?? ''))
  expect(inspected.stdout).toContain('made for a side that has:\n  clamav/daily.cud of version 11\n  clamav/main.cud of version 5\n')
})

test("databases of ClamAV's authors: their signature is proved, and their steps go to a side that is behind", async () => {
  const official = join(folder, 'official')
  mkdirSync(official)
  copyFileSync(signedDatabase('test-6.cvd'), join(official, 'test.cvd'))
  for (const version of [4, 5, 6]) copyFileSync(signedDatabase(`test-${version}.cdiff`), join(official, `test-${version}.cdiff`))
  const packed = await pack(official, '--since', statusFile({ name: 'test.cld', version: 4 }))
  expect(packed).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/ {2}test\.cvd 6 as 2 steps from 4, [\d.]+ KiB; [\d.]+ KiB saved\n/),
  })
  expect(packed.stdout).toContain('left out, as nothing packed needs it: test-4.cdiff')
  expect(await packedPaths()).toEqual(['clamav/test-5.cdiff', 'clamav/test-6.cdiff'])
})

/** What cvdupdate 1.2 leaves after it was at version 3 and then at version 6, its settings and log in the same folder. */
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

test('a folder of cvdupdate: databases, steps and what is signed beside them; its own files and old signatures stay behind', async () => {
  const place = cvdupdateFolder()
  const packed = await pack(place)
  expect(packed).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('rror') })
  expect(packed.stdout).toContain('left out, as nothing packed needs it: test-3.cvd.sign\n')
  expect(packed.stdout).toContain('left out, as it is no signature file: config.json, dns.txt, state.json, third.ndb.sign\n')
  const steps = [3, 4, 5, 6].map((version) => `clamav/test-${version}.cdiff`)
  const signatures = ['bytecode-19.cvd', 'test-3.cdiff', 'test-6.cdiff', 'test-6.cvd'].map((name) => `clamav/${name}.sign`)
  expect(await packedPaths()).toEqual(['clamav/bytecode.cvd', 'clamav/test.cvd', ...steps, 'clamav/third.ndb', ...signatures])
})

test('a folder of cvdupdate for a side that is three steps behind: the steps, with their signatures', async () => {
  const since = statusFile({ name: 'test.cvd', version: 3 }, { name: 'bytecode.cvd', version: 19 })
  const packed = await pack(cvdupdateFolder(), '--since', since)
  expect(packed.stdout).toMatch(/ {2}test\.cvd 6 as 3 steps from 3, [\d.]+ KiB; [\d.]+ KiB saved\n/)
  const steps = [4, 5, 6].map((version) => `clamav/test-${version}.cdiff`)
  expect(await packedPaths()).toEqual([...steps, 'clamav/third.ndb', 'clamav/test-6.cdiff.sign'])
})

test('a side that has everything needs no bundle', async () => {
  const only = join(folder, 'only-main')
  mkdirSync(only)
  symlinkSync(join(databases, 'main.cud'), join(only, 'main.cud'))
  const packed = await pack(only, '--since', statusFile({ name: 'main.cud', version: 5 }))
  expect(packed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The other side has all of this: nothing was packed.') })
})

test('small media get volumes, which are verified from any of them', async () => {
  const large = largeFolder()
  const packed = await pack(large, '--volume-size', '1M')
  expect(packed.exitCode).toBe(0)
  const names = readdirSync(output()).sort()
  expect(names.map((name) => name.slice(-4))).toEqual(['.001', '.002'])
  expect(statSync(join(output(), names[0] ?? '')).size).toBe(1_000_000)
  for (const name of names)
    expect((await run('verify', join(output(), name), '--key', join(folder, 'site.pub'))).stdout).toContain('The bundle is whole: 1 file,')
})

test.each<{ name: string; file: string; content: () => Buffer; message: string }>([
  {
    name: 'a flipped byte',
    file: 'main.cud',
    content: () => flipped(readFileSync(join(databases, 'main.cud'))),
    message: 'main.cud is damaged: its content does not have the MD5 of its header',
  },
  {
    name: 'an error page',
    file: 'daily.cvd',
    content: () => Buffer.from('<html>403</html>'),
    message: 'daily.cvd does not begin like a ClamAV database',
  },
  {
    name: 'an unsigned database under the name of a signed one',
    file: 'main.cvd',
    content: () => readFileSync(join(databases, 'main.cud')),
    message: "main.cvd does not carry a valid signature of ClamAV's authors",
  },
])('what is not right is not packed: $name', async ({ file, content, message }) => {
  const place = join(folder, `wrong-${count}`)
  mkdirSync(place)
  writeFileSync(join(place, file), content())
  expect(await pack(place)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(message) })
  expect(() => readdirSync(output())).toThrow('ENOENT')
})

test.each<{ name: string; file: string; content: Buffer; message: string }>([
  { name: 'ends early', file: 'daily-13.cdiff', content: aStep(13).subarray(0, 60), message: 'daily-13.cdiff ends early' },
  { name: 'lacks its signature', file: 'daily-13.cdiff', content: aStep(13).subarray(0, -300), message: 'daily-13.cdiff ends early' },
  { name: 'has a wrong name', file: 'daily-13.cdiff', content: aStep(14), message: 'leads to version 14: its name is wrong' },
  { name: 'is none', file: 'daily-13.cdiff', content: Buffer.from('<html>'), message: 'does not begin like a .cdiff' },
])('a step that $name is not packed', async ({ file, content, message }) => {
  const place = join(folder, `step-${count}`)
  mkdirSync(place)
  copyFileSync(await aContainer('daily', 13), join(place, 'daily.cud'))
  writeFileSync(join(place, file), content)
  expect(await pack(place)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(message) })
})

function flipped(bytes: Buffer): Buffer {
  bytes[bytes.length - 20] = (bytes.at(-20) ?? 0) ^ 1
  return bytes
}

test('folders without signatures, and two files of one name, are told', async () => {
  const empty = join(folder, 'empty')
  mkdirSync(empty)
  expect(await pack(empty)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('There are no signatures in') })
  expect(await pack(join(folder, 'nowhere'))).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('nowhere cannot be read') })
  writeFileSync(join(empty, 'site.ndb'), aSignature('Test.Other'))
  expect(await pack(databases, empty)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('have one name and are different') })
  expect(await pack(databases, '--since', key)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is no file that') })
})

test('a bundle of another key is refused, and says whose it is', async () => {
  await run('keygen', join(folder, 'other'))
  await pack(databases)
  const bundle = join(output(), readdirSync(output())[0] ?? '')
  const refused = await run('verify', bundle, '--key', join(folder, 'other.pub'))
  expect(refused).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/not signed with the key SHA256:.* It says that SHA256:\S+ signed it/),
  })
})

test('files of ClamAV say what they are, without a key', async () => {
  const database = await run('inspect', join(databases, 'daily.cud'))
  expect(database.stdout).toMatch(/^version 12 of 20\S+Z, 400 signatures, for engines of level \d+ and up\n/)
  expect((await run('inspect', join(databases, 'daily-12.cdiff'))).stdout).toMatch(/^step to version 12\n.*SHA-256 [0-9a-f]{64}\n/)
  const other = join(databases, 'freshclam.dat')
  expect(await run('inspect', other)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is neither a signature bundle') })
})

test('a damaged bundle shows its list, and that it is damaged', async () => {
  await pack(largeFolder())
  const bundle = join(output(), readdirSync(output())[0] ?? '')
  const bytes = readFileSync(bundle)
  writeFileSync(bundle, bytes.subarray(0, bytes.length - 50))
  const inspected = await run('inspect', bundle)
  expect(inspected).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('clamav/large.ndb') })
  expect(inspected.stdout).toContain('ends early')
})
