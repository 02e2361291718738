import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SignatureCatalog } from '@guardimesh/contracts'
import { inspectContainer } from '@guardimesh/signature-format'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { signedDatabase } from '@guardimesh/testbed/signed-databases.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aSignature, writeStarterSet } from './databases.js'
import { type RunningServer, startServer } from './running-server.js'

let folder: string
let authority: TestAuthority

beforeAll(async () => {
  folder = await temporaryFolder('signature-crash')
  authority = await createAuthority('crash')
  await writeStarterSet(folder)
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await rm(authority.folder, { recursive: true, force: true })
})

const start = (volume: string, env = {}) => startServer({ folder, authority, volume: join(folder, volume), env })
const ready = (server: RunningServer) =>
  vi.waitFor(async () => expect((await server.get('/readyz')).status).toBe(200), { timeout: 20_000, interval: 20 })

/** Asserts that all files of the active generation are intact and no draft remains. */
async function expectIntact(server: RunningServer): Promise<void> {
  const { generation, files, deltas } = SignatureCatalog.parse(JSON.parse((await server.get('/v1/catalog')).body.toString()))
  for (const { path, sha256 } of [...files, ...deltas]) {
    const { body } = await server.get(`/v1/generations/${generation}/${path}`)
    expect(createHash('sha256').update(body).digest('hex')).toBe(sha256)
  }
  // The server may be creating a draft from files in incoming/.
  await vi.waitFor(async () => {
    const names = await readdir(join(server.volume, 'generations'))
    expect(names.filter((name) => name.startsWith('.'))).toEqual([])
  }, 20_000)
}

test.each([
  { name: 'while it waits', logText: 'waiting until files are complete' },
  { name: 'when the import starts', logText: 'import started' },
  { name: 'before the test load', logText: 'starting test load' },
  { name: 'after the test load', logText: 'test load passed' },
  { name: 'before it publishes', logText: '"msg":"publishing generation"' },
  { name: 'when the rollout state changes', logText: '"msg":"rollout state changed"' },
  { name: 'after it published', logText: 'import published' },
])('publishes the files once and completely after a kill $name', async ({ logText }) => {
  const volume = `kill-${logText.replaceAll(/[^a-z]/g, '-')}`
  const first = await start(volume)
  await ready(first)
  const before = await first.catalog()
  await first.put({ 'big.hdb': bigDatabase(40_000), 'small.ndb': aSignature('Test.Small') })
  await vi.waitFor(() => expect(first.output().slice(first.output().indexOf('starter set published'))).toContain(logText), {
    timeout: 20_000,
    interval: 1,
  })
  await first.end('SIGKILL')
  await using second = await start(volume)
  // Immediately after the restart, before files are imported again: either the old or the new generation.
  const atOnce = await second.catalog()
  // On a busy machine, the second file may be written so late that the first one is published separately.
  expect([0, 1, 2]).toContain(atOnce.files.length - before.files.length)
  await expectIntact(second)
  await vi.waitFor(async () => expect((await readdir(join(second.volume, 'incoming'))).filter((name) => name !== 'yara')).toEqual([]), {
    timeout: 30_000,
  })
  const after = await second.catalog()
  expect(after.files.map(({ path }) => path)).toEqual(['clamav/big.hdb', 'clamav/small.ndb', 'clamav/starter.ndb', 'yara/starter.yar'])
  await expectIntact(second)
})

test.each([
  'import started',
  'starting test load',
  'creating deltas',
  '"msg":"publishing generation"',
  '"msg":"rollout state changed"',
  'import published',
])('completes an import with deltas and sources after a kill at %s', async (logText) => {
  const volume = `import-${logText.replaceAll(/[^a-z]/g, '-')}`
  const first = await start(volume)
  await ready(first)
  await first.put({ 'a/big.hdb': bigDatabase(4000) })
  expect(await first.ended('a/big.hdb')).toMatchObject({ state: 'published' })
  const from = first.output().length
  await first.put({ 'b/big.hdb': bigDatabase(4010) })
  await vi.waitFor(() => expect(first.output().slice(from)).toContain(logText), { timeout: 40_000, interval: 1 })
  await first.end('SIGKILL')
  await using second = await start(volume)
  await expectIntact(second)
  await vi.waitFor(async () => expect(await readdir(join(second.volume, 'incoming', 'b')).catch(() => [])).toEqual([]), {
    timeout: 40_000,
  })
  await expectIntact(second)
  const { deltas, files, generation } = SignatureCatalog.parse(JSON.parse((await second.get('/v1/catalog')).body.toString()))
  expect(files.find(({ path }) => path === 'clamav/big.hdb')).toMatchObject({ signatures: 4010 })
  expect(deltas).toMatchObject([{ target: 'clamav/big.hdb', form: 'script' }])
  expect(await readFile(join(second.volume, 'generations', generation, 'sources', 'big.hdb'), 'utf8')).toBe(bigDatabase(4010))
})

test.each([
  'import started',
  'starting test load',
  'creating deltas',
  '"msg":"publishing generation"',
  '"msg":"rollout state changed"',
  'import published',
])('completes an import of signed deltas after a kill at %s and keeps them for the mirror', async (logText) => {
  const volume = `deltas-${logText.replaceAll(/[^a-z]/g, '-')}`
  const first = await start(volume, { STARTER_FOLDER: join(folder, 'nothing') })
  await first.put({ 'test.cvd': await readFile(signedDatabase('test-1.cvd')) })
  expect(await first.ended('test.cvd')).toMatchObject({ state: 'published' })
  const from = first.output().length
  const imported = await Promise.all(
    ['test-2.cdiff', 'test-3.cdiff'].map(async (name) => [name, await readFile(signedDatabase(name))] as const),
  )
  await first.put(Object.fromEntries(imported))
  await vi.waitFor(() => expect(first.output().slice(from)).toContain(logText), { timeout: 40_000, interval: 1 })
  await first.end('SIGKILL')
  await using second = await start(volume, { STARTER_FOLDER: join(folder, 'nothing') })
  await expectIntact(second)
  await vi.waitFor(async () => expect(await readdir(join(second.volume, 'incoming'))).toEqual(['yara']), { timeout: 40_000 })
  await expectIntact(second)
  const { contentSha256 } = await inspectContainer(signedDatabase('test-3.cvd'), new AbortController().signal)
  expect((await second.catalog()).files).toMatchObject([{ path: 'clamav/test.cld', version: 3, contentSha256 }])
  for (const [name, bytes] of imported) expect((await second.get(`/${name}`)).body).toEqual(bytes)
})

test.each(['import started', 'starting test load', '"msg":"publishing generation"', '"msg":"rollout state changed"', 'import published'])(
  'applies an acknowledged change of the custom signatures once after a kill at %s',
  async (logText) => {
    const volume = `custom-${logText.replaceAll(/[^a-z]/g, '-')}`
    const first = await start(volume)
    await first.wrote('starter set published')
    const from = first.output().length
    const answer = await first.send('PUT', '/v1/custom', { revision: 0, ignoredSignatures: [{ name: 'Test.Ignored' }] })
    expect(answer.status).toBe(202)
    await vi.waitFor(() => expect(first.output().slice(from)).toContain(logText), { timeout: 40_000, interval: 1 })
    await first.end('SIGKILL')
    await using second = await start(volume)
    await expectIntact(second)
    await vi.waitFor(async () => expect(await readdir(join(second.volume, 'queue'))).toEqual([]), { timeout: 40_000 })
    await expectIntact(second)
    expect(await second.custom()).toMatchObject({
      revision: 1,
      ignoredSignatures: [{ name: 'Test.Ignored' }],
    })
    expect((await second.catalog()).files.map(({ path }) => path)).toContain('clamav/guardimesh-custom.ign2')
  },
)

test('rejects the files again after a kill while moving them, and keeps the active generation', async () => {
  const first = await start('kill-refused')
  await ready(first)
  await first.put({ 'bad.ndb': 'nonsense\n' })
  await first.wrote('import rejected')
  await first.end('SIGKILL')
  await using second = await start('kill-refused')
  await vi.waitFor(async () => expect(await readdir(join(second.volume, 'incoming'))).toEqual(['yara']), { timeout: 20_000 })
  expect((await second.catalog()).files).toHaveLength(2)
  expect(await readdir(join(second.volume, 'refused'))).not.toEqual([])
})

test('leaves the files in place when stopped during an import', async () => {
  const first = await start('stopped')
  await ready(first)
  await first.put({ 'big.hdb': bigDatabase(40_000) })
  await first.wrote('import started')
  expect(await first.end('SIGTERM')).toBe(0)
  await using second = await start('stopped')
  expect(await second.ended('big.hdb')).toMatchObject({ state: 'published' })
})

test('rejects an import on a full volume and keeps the file for a retry', async () => {
  const volume = join(folder, 'full')
  await mkdir(volume)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', volume])
  try {
    await using server = await start('full')
    await ready(server)
    const before = await server.catalog()
    const database = bigDatabase(30_000)
    expect(database.length).toBeGreaterThan(1_300_000)
    await writeFile(join(volume, 'filler'), Buffer.alloc(4 * 1024 * 1024 - 2 * database.length))
    await server.put({ 'big.hdb': database })
    const rejected = await server.ended('big.hdb')
    expect(rejected).toMatchObject({ state: 'refused', check: 'disk-space', message: expect.stringMatching(/volume is full/) })
    expect(await server.catalog()).toEqual(before)
    const kept = join(volume, 'refused', rejected.importId, 'big.hdb')
    expect(await readFile(kept, 'utf8')).toBe(database)
    await rm(join(volume, 'filler'))
    execFileSync('mv', [kept, join(volume, 'incoming', 'again.hdb')])
    expect(await server.ended('again.hdb')).toMatchObject({ state: 'published' })
  } finally {
    execFileSync('umount', [volume])
  }
})

test('rejects an import when the volume fills up during it, and leaves no draft', async () => {
  const volume = join(folder, 'filling')
  const volumeBytes = 8 * 1024 * 1024
  await mkdir(volume)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${volumeBytes}`, 'tmpfs', volume])
  try {
    await using server = await start('filling')
    await ready(server)
    const before = await server.catalog()
    const sha256 = (n: number) => createHash('sha256').update(`${n}`).digest('hex')
    const list = Array.from({ length: 25_000 }, (_, n) => `${sha256(n)} T.${n}\n`).join('')
    // Enough space for the list in incoming/ and its copy, but not for the converted database.
    await writeFile(join(volume, 'filler'), Buffer.alloc(volumeBytes - 2.5 * list.length - 512 * 1024))
    await server.put({ 'big.hashes': list })
    const rejected = await server.ended('big.hashes')
    expect(rejected).toMatchObject({ state: 'refused', check: 'disk-space', message: expect.stringMatching(/volume is full/) })
    expect(await server.catalog()).toEqual(before)
    await expectIntact(server)
    await rm(join(volume, 'filler'))
    execFileSync('mv', [join(volume, 'refused', rejected.importId, 'big.hashes'), join(volume, 'incoming', 'again.hashes')])
    expect(await server.ended('again.hashes')).toMatchObject({ state: 'published' })
  } finally {
    execFileSync('umount', [volume])
  }
})

test('renames a damaged state.json and falls back from a damaged active generation to the newest intact one', async () => {
  const first = await start('damaged')
  await ready(first)
  await first.put({ 'second.ndb': aSignature('Test.Second') })
  const { generation } = await first.ended('second.ndb')
  await first.end('SIGTERM')
  await appendFile(join(first.volume, 'state.json'), '}')
  await truncate(join(first.volume, 'generations', generation, 'clamav', 'second.ndb'), 3)
  await using second = await start('damaged')
  expect(await second.status()).toMatchObject({ imports: [], activeGeneration: expect.not.stringContaining(generation) })
  expect((await stat(join(second.volume, 'state.json.damaged'))).isFile()).toBe(true)
  await expectIntact(second)
})

test('is not ready without a starter set until databases are imported', async () => {
  await using server = await start('empty', { STARTER_FOLDER: join(folder, 'nothing') })
  expect(await server.get('/readyz')).toMatchObject({ status: 503, body: Buffer.from('generation: no generation is active yet\n') })
  const { status, body } = await server.get('/v1/catalog')
  expect({ status, code: JSON.parse(body.toString()).code }).toEqual({ status: 404, code: 'NO_ACTIVE_GENERATION' })
  await server.put({ 'yara/only.yar': 'rule Only { condition: true }\n' })
  await ready(server)
  expect((await server.catalog()).files).toMatchObject([{ path: 'yara/only.yar' }])
})

test('reports all invalid settings at start', async () => {
  await expect(start('wrong', { PORT: '99999', TLS_KEY_FILE: '' })).rejects.toThrow(/PORT[\s\S]*TLS_KEY_FILE|TLS_KEY_FILE[\s\S]*PORT/)
})

/** Creates a database with about 45 bytes per line. */
function bigDatabase(lines: number): string {
  return Array.from({ length: lines }, (_, n) => `${createHash('md5').update(`${n}`).digest('hex')}:${n + 1}:T.${n}\n`).join('')
}
