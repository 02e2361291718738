import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ImportStarted, type SignatureImport } from '@guardimesh/contracts'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aSignature, writeStarterSet } from './databases.js'
import { type RunningServer, startServer } from './running-server.js'

const TOOL = 'text of Test.Bad, which is harmless after all\n'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

let folder: string
let server: RunningServer

beforeAll(async () => {
  folder = await temporaryFolder('signature-custom')
  await writeStarterSet(folder)
  server = await startServer({ folder })
  await server.put({ 'bad.ndb': aSignature('Test.Bad') })
  await server.ended('bad.ndb')
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

const put = (custom: object) => server.send('PUT', '/v1/custom', custom, { 'guardimesh-actor': 'ada@example.org' })
const custom = () => server.custom()

/** Changes the custom signatures and returns the finished import. */
async function change(wanted: object): Promise<SignatureImport> {
  const { revision } = await custom()
  const answer = await put({ revision, ...wanted })
  expect(answer.status, answer.body.toString()).toBe(202)
  const { importId } = ImportStarted.parse(JSON.parse(answer.body.toString()))
  return vi.waitFor(
    async () => {
      const found = (await server.status()).imports.find((one) => one.importId === importId)
      expect(found?.endedAt).toEqual(expect.any(String))
      return found as SignatureImport
    },
    { timeout: 40_000, interval: 50 },
  )
}

/** Scans a text with the active generation. */
async function scan(text: string): Promise<string> {
  const file = join(folder, 'scanned')
  await writeFile(file, text)
  const args = [`--database=${join(server.volume, 'current', 'clamav')}`, '--no-summary', file]
  return new Promise((resolve) => void execFile('clamscan', args, (_, stdout) => resolve(stdout.trim().slice(file.length + 2))))
}

test('stops detection by a signature that is ignored under its name in findings', async () => {
  expect(await scan(TOOL)).toBe('Test.Bad.UNOFFICIAL FOUND')
  const ignoring = await change({ ignoredSignatures: [{ name: 'Test.Bad.UNOFFICIAL', reason: 'our own tool' }] })
  expect(ignoring).toMatchObject({ state: 'published', source: 'change', importedBy: 'ada@example.org' })
  expect(await scan(TOOL)).toBe('OK')
  expect(await custom()).toMatchObject({
    revision: 1,
    ignoredSignatures: [{ name: 'Test.Bad.UNOFFICIAL', reason: 'our own tool', addedBy: 'ada@example.org', addedAt: expect.any(String) }],
  })
  expect((await server.status()).customRevision).toBe(1)
})

test('never detects an ignored file, but still detects other files', async () => {
  expect(await change({ ignoredFiles: [{ sha256: sha256(TOOL) }] })).toMatchObject({ state: 'published' })
  expect(await scan(TOOL)).toBe('OK')
  expect(await scan(`${TOOL} `)).toBe('Test.Bad.UNOFFICIAL FOUND')
  expect(await change({ ignoredFiles: [{ sha256: sha256(TOOL), sizeBytes: TOOL.length }] })).toMatchObject({ state: 'published' })
  expect(await scan(TOOL)).toBe('OK')
})

test('detects custom hashes by SHA-256 or MD5, with and without a size', async () => {
  const hashes = [
    { hash: sha256('the first one'), name: 'Ours.One' },
    { hash: md5('the second one'), sizeBytes: 14, name: 'Ours.Two' },
    { hash: md5('the third one'), name: 'Ours.Three' },
  ]
  expect(await change({ hashes })).toMatchObject({ state: 'published' })
  expect(await scan('the first one')).toBe('Ours.One.UNOFFICIAL FOUND')
  expect(await scan('the second one')).toBe('Ours.Two.UNOFFICIAL FOUND')
  expect(await scan('the third one')).toBe('Ours.Three.UNOFFICIAL FOUND')
  expect((await server.catalog()).files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['clamav/guardimesh-custom.hdb', 'clamav/guardimesh-custom.hsb']),
  )
})

test('detects by MD5 hashes of a hash list, with and without a size', async () => {
  await server.put({ 'md5s.csv': `${md5('listed, of any size')},List.Any\n${md5('listed, of one size')},List.Sized,19\n` })
  expect(await server.ended('md5s.csv')).toMatchObject({ state: 'published' })
  expect(await scan('listed, of any size')).toBe('List.Any.UNOFFICIAL FOUND')
  expect(await scan('listed, of one size')).toBe('List.Sized.UNOFFICIAL FOUND')
})

test('publishes custom rules for the obfuscation scanner, and keeps them active when an invalid rule is rejected', async () => {
  const good = { name: 'ours', text: 'rule Ours { strings: $a = "what nobody writes" condition: $a }\n' }
  expect(await change({ rules: [good] })).toMatchObject({ state: 'published' })
  const { revision } = await custom()
  const before = await server.catalog()
  expect(before.files).toContainEqual(expect.objectContaining({ path: 'yara/custom-ours.yar', signatures: 1 }))
  expect(await change({ rules: [good, { name: 'bad', text: 'rule Bad {\n condition: $b\n}\n' }] })).toMatchObject({
    state: 'refused',
    check: 'rules',
    message: expect.stringMatching(/^custom-bad\.yar does not compile: line 2: /),
  })
  expect(await custom()).toMatchObject({ revision, rules: [{ name: 'ours' }] })
  expect(await server.catalog()).toEqual(before)
})

test('keeps custom signatures on imports, and rejects a change of an older revision', async () => {
  await server.put({ 'later.ndb': aSignature('Test.Later') })
  expect(await server.ended('later.ndb')).toMatchObject({ state: 'published' })
  expect((await server.catalog()).files.map(({ path }) => path)).toContain('yara/custom-ours.yar')
  const { revision } = await custom()
  const answer = await put({ revision: revision - 1 })
  expect(answer.status).toBe(412)
  expect(JSON.parse(answer.body.toString())).toMatchObject({ code: 'SIGNATURES_CHANGED' })
})

test('accepts a signature that matches the golden set once it is ignored', async () => {
  await mkdir(join(server.volume, 'golden'), { recursive: true })
  await writeFile(join(server.volume, 'golden', 'tool'), 'text of Test.Greedy')
  await server.put({ 'a/greedy.ndb': aSignature('Test.Greedy') })
  expect(await server.ended('a/greedy.ndb')).toMatchObject({ state: 'refused', check: 'golden-set' })
  expect(await change({ ignoredSignatures: [{ name: 'Test.Greedy' }] })).toMatchObject({ state: 'published' })
  await server.put({ 'b/greedy.ndb': aSignature('Test.Greedy') })
  expect(await server.ended('b/greedy.ndb')).toMatchObject({ state: 'published' })
})
