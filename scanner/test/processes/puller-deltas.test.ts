import { appendFile, chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { readPullerReport } from '@guardimesh/scanner/report/puller-report.js'
import { inspectContainer, readCurrentManifest, verifySignatureFile } from '@guardimesh/signature-format'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  aContainer,
  aDelta,
  aLooseDelta,
  aLooseFile,
  aScriptDelta,
  aSignedContainer,
  aSignedDelta,
  manySignatures,
  signatures,
} from './offered-databases.js'
import { type Offer, OfferingServer, sha256 } from './offering-server.js'
import { runBuilt, runConfined } from './run-built.js'

const many = manySignatures(3000)
let folder: string
let server: OfferingServer
let first: Awaited<ReturnType<typeof aContainer>>
let second: Awaited<ReturnType<typeof aContainer>>
let nodes = 0
let env: Record<string, string>

beforeAll(async () => {
  folder = await temporaryFolder('puller-deltas')
  server = await OfferingServer.start()
  first = await aContainer(join(folder, 'own'), 1, many)
  second = await aContainer(join(folder, 'own'), 2, `${many}${signatures('Test.New')}`)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

/** Each test uses its own node with the first generation. */
beforeEach(async () => {
  const node = join(folder, `node-${++nodes}`)
  env = {
    RUN_FOLDER: join(node, 'run'),
    SIGNATURES_FOLDER: join(node, 'signatures'),
    SIGNATURE_SERVER_URL: server.url,
    CLAMD_SOCKET: join(node, 'nobody.sock'),
    NODE_NAME: `node-${nodes}`,
  }
  for (const path of [env.RUN_FOLDER, env.SIGNATURES_FOLDER]) await mkdir(path ?? '', { recursive: true })
  server.offer({ generation: 'g1', files: [first, aLooseFile('loose.ndb', many)] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  server.takeRequestedFiles()
})

async function pullOnce(): Promise<{ exitCode: number | null; output: string }> {
  const puller = runConfined('puller', { folder, env, args: ['--once'] })
  return { exitCode: await puller.exit(), output: puller.output() }
}

async function readActive() {
  const current = await readCurrentManifest(env.SIGNATURES_FOLDER ?? '')
  if (!current) throw new Error('no generation is active')
  // The active generation must always be intact.
  for (const file of current.manifest.files) await verifySignatureFile(current.folder, file)
  return current
}

const offerSecond = async (): Promise<Offer> => {
  const [oldLoose, newLoose] = [aLooseFile('loose.ndb', many), aLooseFile('loose.ndb', `${many}${signatures('Test.Loose')}`)]
  const deltas = [await aDelta(first, second), await aLooseDelta(join(folder, 'loose'), oldLoose, newLoose)]
  return { generation: 'g2', files: [second, newLoose], deltas, memoryBytes: 30_000_000 }
}

test('applies deltas, lists the files on disk in the manifest, and does not fetch equal content again', async () => {
  const offer = await offerSecond()
  server.offer(offer)
  const { exitCode, output } = await pullOnce()
  expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('database updated by delta') })
  expect(server.takeRequestedFiles()).toEqual(offer.deltas?.map(({ entry }) => entry.path).toReversed())
  const { manifest, folder: generationFolder } = await readActive()
  expect(manifest).toMatchObject({ generation: 'g2', memoryBytes: 30_000_000 })
  const container = manifest.files.find(({ path }) => path === 'clamav/own.cud')
  expect(container).toMatchObject({ contentSha256: second.entry.contentSha256, version: 2 })
  expect(container?.sha256).not.toBe(second.entry.sha256)
  expect(await readdir(join(generationFolder, 'clamav'))).toHaveLength(4)
  expect((await readFile(join(generationFolder, 'clamav', 'own.cud'))).length).toBeGreaterThan(100_000)
  const { pulledBytes, switchedAtMs } = await readPullerReport(env.RUN_FOLDER ?? '')
  expect(pulledBytes).toBe(offer.deltas?.reduce((sum, { bytes }) => sum + bytes.length, 0))
  expect(pulledBytes).toBeLessThan(second.bytes.length * 0.1)
  expect(Date.now() - switchedAtMs).toBeLessThan(60_000)
  // The file is packed differently than on the server, but has the offered content.
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('"kind":"unchanged"') })
  server.offer({ ...offer, generation: 'g3', deltas: [] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  expect(server.takeRequestedFiles()).toEqual([])
  expect((await readActive()).manifest.generation).toBe('g3')
  // The next delta applies to this file.
  const third = await aContainer(join(folder, 'own'), 3, `${many}${signatures('Test.New', 'Test.Newer')}`)
  const next = await aDelta(second, third)
  server.offer({ generation: 'g4', files: [third], deltas: [next] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  expect(server.takeRequestedFiles()).toEqual([next.entry.path])
  expect((await readActive()).manifest.files).toContainEqual(expect.objectContaining({ path: 'clamav/own.cud', version: 3 }))
})

test("produces the content of the whole files from deltas signed by ClamAV's authors", async () => {
  const [one, two, three] = [await aSignedContainer(1), await aSignedContainer(2), await aSignedContainer(3)]
  server.offer({ generation: 'g2', files: [one] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  server.takeRequestedFiles()
  for (const [generation, from, to] of [
    ['g3', one, two],
    ['g4', two, three],
  ] as const) {
    const delta = await aSignedDelta(from, to)
    server.offer({ generation, files: [to], deltas: [delta] })
    const { exitCode, output } = await pullOnce()
    expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('database updated by delta') })
    expect(server.takeRequestedFiles()).toEqual([delta.entry.path])
    const { manifest, folder: generationFolder } = await readActive()
    const { version, contentSha256 } = to.entry
    expect(manifest.files).toContainEqual(expect.objectContaining({ path: 'clamav/test.cld', version, contentSha256 }))
    const { contentSha256: onDisk } = await inspectContainer(join(generationFolder, 'clamav/test.cld'), new AbortController().signal)
    expect(onDisk).toBe(contentSha256)
  }
})

test('downloads the whole file if the signature of a delta is invalid', async () => {
  const [one, two] = [await aSignedContainer(1), await aSignedContainer(2)]
  server.offer({ generation: 'g2', files: [one] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  server.takeRequestedFiles()
  const delta = await aSignedDelta(one, two)
  const bytes = Buffer.from(delta.bytes)
  bytes.writeUInt8(bytes.readUInt8(300) ^ 1, 300)
  // The catalogue lists the forged hash: only the signature of ClamAV's authors is invalid.
  const forged = { bytes, entry: { ...delta.entry, sha256: sha256(bytes) } }
  server.offer({ generation: 'g3', files: [two], deltas: [forged] })
  const { exitCode, output } = await pullOnce()
  expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('delta failed') })
  expect(server.takeRequestedFiles()).toEqual([delta.entry.path, two.entry.path])
  expect((await readActive()).manifest.files).toContainEqual(two.entry)
})

test.each([
  { name: 'is not a script', script: 'nonsense\n', message: /cannot be applied/ },
  { name: 'does not fit the old content', script: 'OPEN own.ndb\nDEL 1 Test.Other:0:*:00\nCLOSE\n', message: /cannot be applied/ },
  { name: 'produces other content', script: `OPEN own.ndb\nADD ${signatures('Test.Other')}CLOSE\n`, message: /incorrect checksum/ },
  { name: 'writes outside the folder', script: 'OPEN ../../../../../escaped\nADD x\nCLOSE\n', message: /cannot be applied/ },
])('downloads the whole file if a delta $name', async ({ script, message }) => {
  const delta = aScriptDelta(Buffer.from(script), first, second)
  server.offer({ generation: 'g2', files: [second], deltas: [delta] })
  const { exitCode, output } = await pullOnce()
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 })
  const [line = '{}'] = output.split('\n').filter((text) => text.includes('delta failed'))
  expect(JSON.parse(line).reason).toMatch(message)
  expect(server.takeRequestedFiles()).toEqual([delta.entry.path, second.entry.path])
  const { manifest, folder: generationFolder } = await readActive()
  expect(manifest.files).toContainEqual(second.entry)
  expect(await readdir(generationFolder)).toEqual(['clamav', 'manifest.json', 'yara'])
})

test('downloads the whole file if a delta of a loose file produces other content', async () => {
  const [from, to] = [aLooseFile('loose.ndb', many), aLooseFile('loose.ndb', `${many}${signatures('Test.Loose')}`)]
  const delta = aScriptDelta(Buffer.from(`OPEN loose.ndb\nADD ${signatures('Test.Other')}CLOSE\n`), from, to)
  server.offer({ generation: 'g2', files: [to], deltas: [delta] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('the delta produced the content') })
  expect(server.takeRequestedFiles()).toEqual([delta.entry.path, to.entry.path])
  expect((await readActive()).manifest.files).toContainEqual(to.entry)
})

test('downloads the whole file if a delta is damaged', async () => {
  const delta = await aDelta(first, second)
  server.offer({ generation: 'g2', files: [second], deltas: [{ ...delta, bytes: Buffer.from(delta.bytes).fill(0, 20, 22) }] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('delta failed') })
  expect(server.takeRequestedFiles()).toEqual([delta.entry.path, second.entry.path])
  expect((await readActive()).manifest.files).toContainEqual(second.entry)
})

test('ignores a delta that is larger than the file or has another base content', async () => {
  const large = await aDelta(first, second)
  const padded = { bytes: large.bytes, entry: { ...large.entry, sizeBytes: second.entry.sizeBytes } }
  server.offer({ generation: 'g2', files: [second], deltas: [padded, aScriptDelta(Buffer.from('x'), second, second)] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  expect(server.takeRequestedFiles()).toEqual([second.entry.path])
})

test('downloads a damaged active file again, and applies no delta to it', async () => {
  const path = join((await readActive()).folder, 'clamav', 'own.cud')
  await chmod(path, 0o644)
  await appendFile(path, 'x')
  expect(await pullOnce()).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining('files of the active generation are damaged; downloading them again'),
  })
  expect(server.takeRequestedFiles()).toEqual([first.entry.path])
  const repaired = await readActive()
  expect(repaired.manifest.generation).toBe('g1')
  const again = join(repaired.folder, 'clamav', 'own.cud')
  await chmod(again, 0o644)
  await appendFile(again, 'x')
  server.offer({ generation: 'g2', files: [second], deltas: [await aDelta(first, second)] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  expect(server.takeRequestedFiles()).toEqual([second.entry.path])
  expect((await readActive()).manifest.generation).toBe('g2')
})

test('keeps an intact old or new generation after SIGKILL at any time, and completes the next pull', { timeout: 120_000 }, async () => {
  const offer = await offerSecond()
  server.offer(offer)
  const seen = new Set<string>()
  for (let delayMs = 150; delayMs < 1500 && !seen.has('g2'); delayMs += 50) {
    const puller = runBuilt('puller', env, ['--once'])
    await wait(delayMs)
    puller.signal('SIGKILL')
    await puller.exit()
    seen.add((await readActive()).manifest.generation)
  }
  expect(seen.has('g1')).toBe(true)
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  expect((await readActive()).manifest.generation).toBe('g2')
  const generations = await readdir(join(env.SIGNATURES_FOLDER ?? '', 'generations'))
  expect(generations.filter((name) => name.startsWith('.'))).toEqual([])
})
