import { createHash } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aSignature, buildContainer, writeStarterSet } from './databases.js'
import { type RunningServer, startServer } from './running-server.js'

let folder: string
let server: RunningServer

beforeAll(async () => {
  folder = await temporaryFolder('signature-server')
  await writeStarterSet(folder)
  server = await startServer({ folder })
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

const activePaths = async () => (await server.catalog()).files.map(({ path }) => path)
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
const incoming = () => join(server.volume, 'incoming')

test('imports the starter set as the first generation', async () => {
  await vi.waitFor(async () => expect((await server.get('/readyz')).status).toBe(200), { timeout: 20_000, interval: 50 })
  expect(await server.catalog()).toMatchObject({
    files: [
      { path: 'clamav/starter.ndb', signatures: 1, sha256: sha256(aSignature('Test.Starter')) },
      { path: 'yara/starter.yar', signatures: 1 },
    ],
  })
  const files = ['clamav/starter.ndb', 'yara/starter.yar']
  expect(await server.ended('clamav/starter.ndb')).toMatchObject({ state: 'published', importedBy: 'starter set', files, message: '' })
})

test('records a rejected starter set and leaves its files in place', async () => {
  const place = join(folder, 'bad-starter')
  await mkdir(join(place, 'clamav'), { recursive: true })
  await writeFile(join(place, 'clamav', 'bad.ndb'), 'this is no signature\n')
  await using other = await startServer({ folder, volume: join(folder, 'bad'), env: { STARTER_FOLDER: place } })
  expect(await other.ended('clamav/bad.ndb')).toMatchObject({
    importId: 'starter-set',
    state: 'refused',
    check: 'test-load',
    importedBy: 'starter set',
  })
  expect(existsSync(join(place, 'clamav', 'bad.ndb'))).toBe(true)
  expect(await readdir(join(other.volume, 'refused'))).toEqual([])
  expect((await other.get('/v1/catalog')).status).toBe(404)
  await other.put({ 'first.ndb': aSignature('Test.First') })
  expect(await other.ended('first.ndb')).toMatchObject({ state: 'published' })
})

test('publishes files from incoming/, a subfolder and yara/ together with the active ones', async () => {
  const before = await server.catalog()
  const rule = 'private rule A { condition: true }\nrule B { condition: A }\n'
  await server.put({
    'direct.ndb': `# a comment\n${aSignature('Test.Direct')}${aSignature('Test.Other')}`,
    'media/in-folder.ndb': aSignature('Test.In.Folder'),
    'yara/ours.yar': rule,
    'media/yara/deep.yara': rule,
  })
  const done = await server.ended('direct.ndb')
  expect(done).toMatchObject({ state: 'published', check: '', message: '' })
  const paths = [...before.files.map(({ path }) => path), 'clamav/direct.ndb', 'clamav/in-folder.ndb', 'yara/ours.yar', 'yara/deep.yara']
  await vi.waitFor(async () => expect((await activePaths()).toSorted()).toEqual(paths.toSorted()), { timeout: 20_000 })
  const { files } = await server.catalog()
  expect(files.find(({ path }) => path === 'clamav/direct.ndb')?.signatures).toBe(2)
  expect(files.find(({ path }) => path === 'yara/ours.yar')?.signatures).toBe(2)
  const status = await server.status()
  expect(status.generations[0]).toMatchObject({ generation: status.activeGeneration, isActive: true })
  expect((await readdir(incoming(), { recursive: true })).filter((name) => /\./.test(name))).toEqual([])
})

test('waits while a file grows or is open for writing, and ignores hidden files and .part', async () => {
  await server.put({ '.hidden.ndb': 'x', 'later.ndb.part': 'x' })
  const handle = await open(join(incoming(), 'growing.ndb'), constants.O_CREAT | constants.O_WRONLY)
  await handle.writeFile(aSignature('Test.Growing.1'))
  await server.wrote('growing.ndb')
  const waiting = (await server.status()).imports.find(({ files }) => files.includes('growing.ndb'))
  expect(waiting).toMatchObject({ state: 'waiting', endedAt: null, generation: '' })
  // Exceeds the stability period, with another import in the meantime.
  await server.put({ 'meanwhile.ndb': aSignature('Test.Meanwhile') })
  expect(await server.ended('meanwhile.ndb')).toMatchObject({ state: 'published', files: expect.not.arrayContaining(['growing.ndb']) })
  expect(await activePaths()).not.toContain('clamav/growing.ndb')
  await handle.writeFile(aSignature('Test.Growing.2'))
  await handle.close()
  expect(await server.ended('growing.ndb')).toMatchObject({ state: 'published' })
  expect((await server.catalog()).files.find(({ path }) => path === 'clamav/growing.ndb')?.signatures).toBe(2)
  expect(existsSync(join(incoming(), '.hidden.ndb')) && existsSync(join(incoming(), 'later.ndb.part'))).toBe(true)
})

test('deletes files that were already imported without creating a generation', async () => {
  const { activeGeneration } = await server.status()
  await server.put({ 'twice.ndb': aSignature('Test.Twice') })
  const { generation } = await server.ended('twice.ndb')
  expect(generation).not.toBe(activeGeneration)
  await server.put({ 'media/twice.ndb': aSignature('Test.Twice') })
  expect(await server.ended('media/twice.ndb')).toMatchObject({ state: 'published', generation })
  expect(existsSync(join(incoming(), 'media/twice.ndb'))).toBe(false)
})

test('reads version, count and build time from container headers, and replaces a database by another format of it', async () => {
  await server.put({ 'custom.cud': await buildContainer(folder, 'custom', { version: 5 }) })
  expect(await server.ended('custom.cud')).toMatchObject({ state: 'published' })
  const database = (await server.status()).generations[0]?.databases.find(({ path }) => path === 'clamav/custom.cud')
  expect(database).toMatchObject({ version: 5, signatures: 1 })
  expect(Date.now() - Date.parse(database?.builtAt ?? '')).toBeLessThan(300_000)
  const metrics = (await server.get('/metrics')).body.toString()
  expect(metrics).toMatch(/guardimesh_signature_server_database_built_timestamp_seconds\{path="clamav\/custom.cud"\} \d+/)

  await server.put({ 'older/custom.cud': await buildContainer(folder, 'custom', { version: 4 }) })
  expect(await server.ended('older/custom.cud')).toMatchObject({
    state: 'refused',
    check: 'version',
    message: expect.stringMatching(/version 4.*has 5/),
  })

  const back = await buildContainer(folder, 'custom', { version: 3 })
  await server.put({ 'back/custom.cud.allow-downgrade': '', 'back/custom.cud': back })
  expect(await server.ended('back/custom.cud')).toMatchObject({ state: 'published' })
  expect((await server.catalog()).files.find(({ path }) => path === 'clamav/custom.cud')).toMatchObject({
    version: 3,
    sha256: sha256(back),
  })
})

const damaged = (bytes: Buffer, at: number) =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from([(bytes[at] ?? 0) ^ 1]), bytes.subarray(at + 1)])

test.each([
  { check: 'name', file: 'notes.txt', content: () => 'hello', message: /notes\.txt: not a valid name/ },
  { check: 'name', file: 'guardimesh-generation.hsb', content: () => 'x', message: /guardimesh-generation\.hsb/ },
  { check: 'size', file: 'empty.ndb', content: () => '', message: /empty/ },
  {
    check: 'checksum',
    file: 'wrong.ndb',
    content: () => aSignature('Test.Wrong'),
    also: { 'wrong.ndb.sha256': `${'0'.repeat(64)}  wrong.ndb\n` },
    message: /wrong\.ndb\.sha256 contains 0000/,
  },
  { check: 'header', file: 'page.cvd', content: () => '<html>404</html>', message: /error page/ },
  {
    check: 'checksum',
    file: 'flipped.cud',
    content: async () => damaged(await buildContainer(folder, 'flipped', { version: 1 }), 600),
    message: /damaged/,
  },
  {
    check: 'checksum',
    file: 'short.cud',
    content: async () => (await buildContainer(folder, 'short', { version: 1 })).subarray(0, 700),
    message: /damaged/,
  },
  {
    check: 'digital-signature',
    file: 'unsigned.cvd',
    content: () => buildContainer(folder, 'unsigned', { version: 1 }),
    message: /valid signature/,
  },
  {
    check: 'digital-signature',
    file: 'unsigned.cld',
    content: () => buildContainer(folder, 'unsigned', { version: 1 }),
    message: /valid signature.*Digital signature not found/,
  },
  {
    check: 'functionality-level',
    file: 'future.cud',
    content: () => buildContainer(folder, 'future', { version: 1, functionalityLevel: 999 }),
    message: /functionality level 999/,
  },
  { check: 'rules', file: 'yara/compiled.yar', content: () => Buffer.from([0x59, 0x41, 0x52, 0x41, 0xff, 0xfe]), message: /UTF-8/ },
  { check: 'rules', file: 'yara/none.yar', content: () => '// nothing\n', message: /no YARA rule/ },
  {
    check: 'rules',
    file: 'yara/broken.yar',
    content: () => 'rule Good { condition: true }\nrule Bad {\n  condition: $missing\n}\n',
    message: /^broken\.yar does not compile: line 3: unknown pattern `\$missing`\. /,
  },
  { check: 'rules', file: 'yara/cut.yar', content: () => 'rule Cut {\n  condition: tr', message: /^cut\.yar does not compile: line 2: / },
  { check: 'test-load', file: 'broken.ndb', content: () => 'this is no signature\n', message: /broken\.ndb/ },
  {
    check: 'test-load',
    file: 'greedy.ndb',
    content: () => `Test.Greedy:0:*:${Buffer.from('harmless').toString('hex')}\n`,
    message: /Test\.Greedy/,
  },
])('rejects $file by the check $check', async ({ check, file, content, also, message }) => {
  const before = await server.catalog()
  await server.put({ ...also, [file]: await content() })
  const rejected = await server.ended(file)
  expect(rejected).toMatchObject({ state: 'refused', check, message: expect.stringMatching(message), generation: '' })
  expect(await server.catalog()).toEqual(before)
  expect(existsSync(join(incoming(), file))).toBe(false)
  const kept = join(server.volume, 'refused', rejected.importId)
  expect(await readFile(join(kept, 'reason.txt'), 'utf8')).toBe(`${rejected.message}\n`)
  expect(existsSync(join(kept, file))).toBe(true)
  expect((await readdir(join(server.volume, 'refused'))).length).toBeLessThanOrEqual(5)
})

test('rejects all databases of an import if one is invalid, but ignores a README', async () => {
  const before = await activePaths()
  await server.put({ 'pair/good.ndb': aSignature('Test.Good'), 'pair/bad.ndb': 'nonsense\n', 'pair/README': 'x' })
  expect(await server.ended('pair/good.ndb')).toMatchObject({
    state: 'refused',
    check: 'test-load',
    files: ['pair/bad.ndb', 'pair/good.ndb'],
  })
  expect(await activePaths()).toEqual(before)
  await server.put({ 'second/good.ndb': aSignature('Test.Good'), 'second/README': 'x' })
  expect(await server.ended('second/good.ndb')).toMatchObject({ state: 'published' })
})

test('rejects links without following them', async () => {
  await mkdir(join(incoming(), 'links'), { recursive: true })
  await symlink('/etc/passwd', join(incoming(), 'links', 'link.ndb'))
  expect(await server.ended('links/link.ndb')).toMatchObject({ state: 'refused', check: 'regular-file' })
})

test('rejects more files than a node loads', async () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`.many/many-${n}.ndb`, aSignature(`Test.Many.${n}`)]))
  await server.put(many)
  // Moves all files together; on a busy machine, the first files would otherwise be imported before the last one exists.
  await rename(join(incoming(), '.many'), join(incoming(), 'many'))
  expect(await server.ended('many/many-0.ndb')).toMatchObject({
    state: 'refused',
    check: 'size',
    message: expect.stringMatching(/maximum 199/),
  })
})

test('keeps five generations and no draft', async () => {
  for (const n of [1, 2]) {
    await server.put({ [`keep-${n}.ndb`]: aSignature(`Test.Keep.${n}`) })
    await server.ended(`keep-${n}.ndb`)
  }
  // The oldest generation is removed after the newest one became active.
  await vi.waitFor(async () => {
    const names = await readdir(join(server.volume, 'generations'))
    expect(names).toHaveLength(5)
    expect(names.every((name) => !name.startsWith('.'))).toBe(true)
    const { generations } = await server.status()
    expect(generations.map(({ generation }) => generation).toSorted()).toEqual(names.toSorted())
  }, 20_000)
})

test('exits with 0 on SIGTERM', async () => {
  expect(await server.end('SIGTERM')).toBe(0)
})
