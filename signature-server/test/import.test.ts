import { createHash } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
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

const livePaths = async () => (await server.catalog()).files.map(({ path }) => path)
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
const incoming = () => join(server.volume, 'incoming')

test('at the first start the starter set becomes the first generation', async () => {
  await vi.waitFor(async () => expect((await server.get('/readyz')).status).toBe(200), { timeout: 20_000, interval: 50 })
  expect(await server.catalog()).toMatchObject({
    files: [
      { path: 'clamav/starter.ndb', signatures: 1, sha256: sha256(aSignature('Test.Starter')) },
      { path: 'yara/starter.yar', signatures: 1 },
    ],
  })
})

test('files that are put in directly, in a folder, or as YARA rules are published together, with the rest of the live ones', async () => {
  const before = await server.catalog()
  const rule = 'private rule A { condition: true }\nrule B { condition: A }\n'
  await server.put({
    'direct.ndb': `# a note\n${aSignature('Test.Direct')}${aSignature('Test.Other')}`,
    'stick/in-folder.ndb': aSignature('Test.In.Folder'),
    'yara/ours.yar': rule,
    'stick/yara/deep.yara': rule,
  })
  const done = await server.ended('direct.ndb')
  expect(done).toMatchObject({ state: 'published', check: '', message: '' })
  const paths = [...before.files.map(({ path }) => path), 'clamav/direct.ndb', 'clamav/in-folder.ndb', 'yara/ours.yar', 'yara/deep.yara']
  await vi.waitFor(async () => expect((await livePaths()).toSorted()).toEqual(paths.toSorted()), { timeout: 20_000 })
  const { files } = await server.catalog()
  expect(files.find(({ path }) => path === 'clamav/direct.ndb')?.signatures).toBe(2)
  expect(files.find(({ path }) => path === 'yara/ours.yar')?.signatures).toBe(2)
  const status = await server.status()
  expect(status.generations[0]).toMatchObject({ generation: status.activeGeneration, isActive: true })
  expect((await readdir(incoming(), { recursive: true })).filter((name) => /\./.test(name))).toEqual([])
})

test('a copy is waited for: while it grows, while somebody has it open, while it is hidden or called .part', async () => {
  await server.put({ '.hidden.ndb': 'x', 'later.ndb.part': 'x' })
  const handle = await open(join(incoming(), 'growing.ndb'), constants.O_CREAT | constants.O_WRONLY)
  await handle.writeFile(aSignature('Test.Growing.1'))
  await server.wrote('growing.ndb')
  const waiting = (await server.status()).imports.find(({ files }) => files.includes('growing.ndb'))
  expect(waiting).toMatchObject({ state: 'waiting', endedAt: null, generation: '' })
  // Longer than it need stand still, and another import takes its turn meanwhile.
  await server.put({ 'meanwhile.ndb': aSignature('Test.Meanwhile') })
  expect(await server.ended('meanwhile.ndb')).toMatchObject({ state: 'published', files: expect.not.arrayContaining(['growing.ndb']) })
  expect(await livePaths()).not.toContain('clamav/growing.ndb')
  await handle.writeFile(aSignature('Test.Growing.2'))
  await handle.close()
  expect(await server.ended('growing.ndb')).toMatchObject({ state: 'published' })
  expect((await server.catalog()).files.find(({ path }) => path === 'clamav/growing.ndb')?.signatures).toBe(2)
  expect(existsSync(join(incoming(), '.hidden.ndb')) && existsSync(join(incoming(), 'later.ndb.part'))).toBe(true)
})

test('the same files again change nothing, and are gone from incoming/', async () => {
  const { activeGeneration } = await server.status()
  await server.put({ 'twice.ndb': aSignature('Test.Twice') })
  const { generation } = await server.ended('twice.ndb')
  expect(generation).not.toBe(activeGeneration)
  await server.put({ 'stick/twice.ndb': aSignature('Test.Twice') })
  expect(await server.ended('stick/twice.ndb')).toMatchObject({ state: 'published', generation })
  expect(existsSync(join(incoming(), 'stick/twice.ndb'))).toBe(false)
})

test("ClamAV's containers: version, count and build time are taken from the header; the same name replaces, whatever its form", async () => {
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
  { check: 'name', file: 'notes.txt', content: () => 'hello', says: /notes\.txt: not the name/ },
  { check: 'name', file: 'guardimesh-generation.hsb', content: () => 'x', says: /guardimesh-generation\.hsb/ },
  { check: 'size', file: 'empty.ndb', content: () => '', says: /empty/ },
  {
    check: 'checksum',
    file: 'wrong.ndb',
    content: () => aSignature('Test.Wrong'),
    also: { 'wrong.ndb.sha256': `${'0'.repeat(64)}  wrong.ndb\n` },
    says: /wrong\.ndb\.sha256 says 0000/,
  },
  { check: 'header', file: 'page.cvd', content: () => '<html>404</html>', says: /error page/ },
  {
    check: 'checksum',
    file: 'flipped.cud',
    content: async () => damaged(await buildContainer(folder, 'flipped', { version: 1 }), 600),
    says: /damaged/,
  },
  {
    check: 'checksum',
    file: 'short.cud',
    content: async () => (await buildContainer(folder, 'short', { version: 1 })).subarray(0, 700),
    says: /damaged/,
  },
  {
    check: 'digital-signature',
    file: 'unsigned.cvd',
    content: () => buildContainer(folder, 'unsigned', { version: 1 }),
    says: /valid signature/,
  },
  {
    check: 'digital-signature',
    file: 'unsigned.cld',
    content: () => buildContainer(folder, 'unsigned', { version: 1 }),
    says: /valid signature.*Digital signature not found/,
  },
  {
    check: 'functionality-level',
    file: 'future.cud',
    content: () => buildContainer(folder, 'future', { version: 1, functionalityLevel: 999 }),
    says: /level 999/,
  },
  { check: 'rules', file: 'yara/compiled.yar', content: () => Buffer.from([0x59, 0x41, 0x52, 0x41, 0xff, 0xfe]), says: /UTF-8/ },
  { check: 'rules', file: 'yara/none.yar', content: () => '// nothing\n', says: /no YARA rule/ },
  {
    check: 'rules',
    file: 'yara/broken.yar',
    content: () => 'rule Good { condition: true }\nrule Bad {\n  condition: $missing\n}\n',
    says: /^broken\.yar does not compile: line 3: unknown pattern `\$missing`\. /,
  },
  { check: 'rules', file: 'yara/cut.yar', content: () => 'rule Cut {\n  condition: tr', says: /^cut\.yar does not compile: line 2: / },
  { check: 'test-load', file: 'broken.ndb', content: () => 'this is no signature\n', says: /broken\.ndb/ },
  {
    check: 'test-load',
    file: 'greedy.ndb',
    content: () => `Test.Greedy:0:*:${Buffer.from('harmless').toString('hex')}\n`,
    says: /Test\.Greedy/,
  },
])('refused by $check: $file', async ({ check, file, content, also, says }) => {
  const before = await server.catalog()
  await server.put({ ...also, [file]: await content() })
  const refused = await server.ended(file)
  expect(refused).toMatchObject({ state: 'refused', check, message: expect.stringMatching(says), generation: '' })
  expect(await server.catalog()).toEqual(before)
  expect(existsSync(join(incoming(), file))).toBe(false)
  const kept = join(server.volume, 'refused', refused.importId)
  expect(await readFile(join(kept, 'reason.txt'), 'utf8')).toBe(`${refused.message}\n`)
  expect(existsSync(join(kept, file))).toBe(true)
  expect((await readdir(join(server.volume, 'refused'))).length).toBeLessThanOrEqual(5)
})

test('one bad database keeps out those that were put in with it; a note does not', async () => {
  const before = await livePaths()
  await server.put({ 'pair/good.ndb': aSignature('Test.Good'), 'pair/bad.ndb': 'nonsense\n', 'pair/README': 'x' })
  expect(await server.ended('pair/good.ndb')).toMatchObject({
    state: 'refused',
    check: 'test-load',
    files: ['pair/bad.ndb', 'pair/good.ndb'],
  })
  expect(await livePaths()).toEqual(before)
  await server.put({ 'second/good.ndb': aSignature('Test.Good'), 'second/README': 'x' })
  expect(await server.ended('second/good.ndb')).toMatchObject({ state: 'published' })
})

test('links are refused, and not followed', async () => {
  await mkdir(join(incoming(), 'links'), { recursive: true })
  await symlink('/etc/passwd', join(incoming(), 'links', 'link.ndb'))
  expect(await server.ended('links/link.ndb')).toMatchObject({ state: 'refused', check: 'regular-file' })
})

test('more files than a node takes are refused', async () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`.many/many-${n}.ndb`, aSignature(`Test.Many.${n}`)]))
  await server.put(many)
  // All at the same moment: a busy machine writes so slowly that the first would be taken before the last is there.
  await rename(join(incoming(), '.many'), join(incoming(), 'many'))
  expect(await server.ended('many/many-0.ndb')).toMatchObject({
    state: 'refused',
    check: 'size',
    message: expect.stringMatching(/at most 199/),
  })
})

test('five generations are kept, and no draft', async () => {
  for (const n of [1, 2]) {
    await server.put({ [`keep-${n}.ndb`]: aSignature(`Test.Keep.${n}`) })
    await server.ended(`keep-${n}.ndb`)
  }
  // The oldest goes after the newest is in force.
  await vi.waitFor(async () => {
    const names = await readdir(join(server.volume, 'generations'))
    expect(names).toHaveLength(5)
    expect(names.every((name) => !name.startsWith('.'))).toBe(true)
    const { generations } = await server.status()
    expect(generations.map(({ generation }) => generation).toSorted()).toEqual(names.toSorted())
  }, 20_000)
})

test('SIGTERM ends it with 0', async () => {
  expect(await server.end('SIGTERM')).toBe(0)
})
