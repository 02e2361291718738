import { appendFile, chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { readPullerReport } from '@guardimesh/scanner/report/puller-report.js'
import { inspectContainer, readCurrentManifest, verifySignatureFile } from '@guardimesh/signature-format'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  aContainer,
  aLooseFile,
  aLooseStep,
  anUpdate,
  aSignedContainer,
  aSignedStep,
  aStep,
  manySignatures,
  signatures,
} from './offered-databases.js'
import { type Offer, OfferingServer, sha256 } from './offering-server.js'
import { runBuilt } from './run-built.js'

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

/** Each test has a node of its own, which has the first generation. */
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
  server.takeFilesAsked()
})

async function pullOnce(): Promise<{ exitCode: number | null; output: string }> {
  const puller = runBuilt('puller', env, ['--once'])
  return { exitCode: await puller.exit(), output: puller.output() }
}

async function inForce() {
  const current = await readCurrentManifest(env.SIGNATURES_FOLDER ?? '')
  if (!current) throw new Error('nothing is in force')
  // Whatever is in force is whole.
  for (const file of current.manifest.files) await verifySignatureFile(current.folder, file)
  return current
}

const offerSecond = async (): Promise<Offer> => {
  const [oldLoose, newLoose] = [aLooseFile('loose.ndb', many), aLooseFile('loose.ndb', `${many}${signatures('Test.Loose')}`)]
  const deltas = [await aStep(first, second), await aLooseStep(join(folder, 'loose'), oldLoose, newLoose)]
  return { generation: 'g2', files: [second, newLoose], deltas, memoryBytes: 30_000_000 }
}

test('a step costs a fraction of the file; the manifest lists what is on disk; the same content is not fetched again', async () => {
  const offer = await offerSecond()
  server.offer(offer)
  const { exitCode, output } = await pullOnce()
  expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('database updated by a step') })
  expect(server.takeFilesAsked()).toEqual(offer.deltas?.map(({ entry }) => entry.path).toReversed())
  const { manifest, folder: generationFolder } = await inForce()
  expect(manifest).toMatchObject({ generation: 'g2', memoryBytes: 30_000_000 })
  const container = manifest.files.find(({ path }) => path === 'clamav/own.cud')
  expect(container).toMatchObject({ contentSha256: second.entry.contentSha256, version: 2 })
  expect(container?.sha256).not.toBe(second.entry.sha256)
  expect(await readdir(join(generationFolder, 'clamav'))).toHaveLength(3)
  expect((await readFile(join(generationFolder, 'clamav', 'own.cud'))).length).toBeGreaterThan(100_000)
  const { pulledBytes, switchedAtMs } = await readPullerReport(env.RUN_FOLDER ?? '')
  expect(pulledBytes).toBe(offer.deltas?.reduce((sum, { bytes }) => sum + bytes.length, 0))
  expect(pulledBytes).toBeLessThan(second.bytes.length * 0.1)
  expect(Date.now() - switchedAtMs).toBeLessThan(60_000)
  // Packed otherwise than on the server, it is still what the server offers.
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('"kind":"unchanged"') })
  server.offer({ ...offer, generation: 'g3', deltas: [] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  expect(server.takeFilesAsked()).toEqual([])
  expect((await inForce()).manifest.generation).toBe('g3')
  // And the next step begins with it.
  const third = await aContainer(join(folder, 'own'), 3, `${many}${signatures('Test.New', 'Test.Newer')}`)
  const next = await aStep(second, third)
  server.offer({ generation: 'g4', files: [third], deltas: [next] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  expect(server.takeFilesAsked()).toEqual([next.entry.path])
  expect((await inForce()).manifest.files).toContainEqual(expect.objectContaining({ path: 'clamav/own.cud', version: 3 }))
})

test("steps of ClamAV's authors lead to the same content as their whole files", async () => {
  const [one, two, three] = [await aSignedContainer(1), await aSignedContainer(2), await aSignedContainer(3)]
  server.offer({ generation: 'g2', files: [one] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  server.takeFilesAsked()
  for (const [generation, from, to] of [
    ['g3', one, two],
    ['g4', two, three],
  ] as const) {
    const step = await aSignedStep(from, to)
    server.offer({ generation, files: [to], deltas: [step] })
    const { exitCode, output } = await pullOnce()
    expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('database updated by a step') })
    expect(server.takeFilesAsked()).toEqual([step.entry.path])
    const { manifest, folder: generationFolder } = await inForce()
    const { version, contentSha256 } = to.entry
    expect(manifest.files).toContainEqual(expect.objectContaining({ path: 'clamav/test.cld', version, contentSha256 }))
    const { contentSha256: onDisk } = await inspectContainer(join(generationFolder, 'clamav/test.cld'), new AbortController().signal)
    expect(onDisk).toBe(contentSha256)
  }
})

test('a step with a byte flipped, which its authors did not sign, costs the download of the whole file', async () => {
  const [one, two] = [await aSignedContainer(1), await aSignedContainer(2)]
  server.offer({ generation: 'g2', files: [one] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  server.takeFilesAsked()
  const step = await aSignedStep(one, two)
  const bytes = Buffer.from(step.bytes)
  bytes.writeUInt8(bytes.readUInt8(300) ^ 1, 300)
  // The catalogue is in on it: only the signature of ClamAV's authors tells.
  const forged = { bytes, entry: { ...step.entry, sha256: sha256(bytes) } }
  server.offer({ generation: 'g3', files: [two], deltas: [forged] })
  const { exitCode, output } = await pullOnce()
  expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('update not applied') })
  expect(server.takeFilesAsked()).toEqual([step.entry.path, two.entry.path])
  expect((await inForce()).manifest.files).toContainEqual(two.entry)
})

test.each([
  { name: 'is no script', script: 'nonsense\n', says: /cannot be applied/ },
  { name: 'does not fit the old content', script: 'OPEN own.ndb\nDEL 1 Test.Other:0:*:00\nCLOSE\n', says: /cannot be applied/ },
  { name: 'leads to another content', script: `OPEN own.ndb\nADD ${signatures('Test.Other')}CLOSE\n`, says: /incorrect checksum/ },
  { name: 'tries to leave the folder', script: 'OPEN ../../../../../escaped\nADD x\nCLOSE\n', says: /cannot be applied/ },
])('an update that $name costs the download of the whole file', async ({ script, says }) => {
  const update = anUpdate(Buffer.from(script), first, second)
  server.offer({ generation: 'g2', files: [second], deltas: [update] })
  const { exitCode, output } = await pullOnce()
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 })
  const [told = '{}'] = output.split('\n').filter((line) => line.includes('update not applied'))
  expect(JSON.parse(told).reason).toMatch(says)
  expect(server.takeFilesAsked()).toEqual([update.entry.path, second.entry.path])
  const { manifest, folder: generationFolder } = await inForce()
  expect(manifest.files).toContainEqual(second.entry)
  expect(await readdir(generationFolder)).toEqual(['clamav', 'manifest.json', 'yara'])
})

test('an update of a loose file that leads to another content costs the download of the whole file', async () => {
  const [from, to] = [aLooseFile('loose.ndb', many), aLooseFile('loose.ndb', `${many}${signatures('Test.Loose')}`)]
  const update = anUpdate(Buffer.from(`OPEN loose.ndb\nADD ${signatures('Test.Other')}CLOSE\n`), from, to)
  server.offer({ generation: 'g2', files: [to], deltas: [update] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('it led to the content') })
  expect(server.takeFilesAsked()).toEqual([update.entry.path, to.entry.path])
  expect((await inForce()).manifest.files).toContainEqual(to.entry)
})

test('an update that comes damaged costs the download of the whole file', async () => {
  const update = await aStep(first, second)
  server.offer({ generation: 'g2', files: [second], deltas: [{ ...update, bytes: Buffer.from(update.bytes).fill(0, 20, 22) }] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('update not applied') })
  expect(server.takeFilesAsked()).toEqual([update.entry.path, second.entry.path])
  expect((await inForce()).manifest.files).toContainEqual(second.entry)
})

test('an update that is larger than the file, or begins elsewhere, is left alone', async () => {
  const large = await aStep(first, second)
  const padded = { bytes: large.bytes, entry: { ...large.entry, sizeBytes: second.entry.sizeBytes } }
  server.offer({ generation: 'g2', files: [second], deltas: [padded, anUpdate(Buffer.from('x'), second, second)] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  expect(server.takeFilesAsked()).toEqual([second.entry.path])
})

test('a damaged file in force is no beginning of an update, and is brought in again when nothing else changes', async () => {
  const path = join((await inForce()).folder, 'clamav', 'own.cud')
  await chmod(path, 0o644)
  await appendFile(path, 'x')
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('they are brought in again') })
  expect(server.takeFilesAsked()).toEqual([first.entry.path])
  const repaired = await inForce()
  expect(repaired.manifest.generation).toBe('g1')
  const again = join(repaired.folder, 'clamav', 'own.cud')
  await chmod(again, 0o644)
  await appendFile(again, 'x')
  server.offer({ generation: 'g2', files: [second], deltas: [await aStep(first, second)] })
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  expect(server.takeFilesAsked()).toEqual([second.entry.path])
  expect((await inForce()).manifest.generation).toBe('g2')
})

test('kill -9 at any moment leaves the old or the new generation, whole; the next pull goes on', { timeout: 120_000 }, async () => {
  const offer = await offerSecond()
  server.offer(offer)
  const seen = new Set<string>()
  for (let delayMs = 150; delayMs < 1500 && !seen.has('g2'); delayMs += 50) {
    const puller = runBuilt('puller', env, ['--once'])
    await wait(delayMs)
    puller.signal('SIGKILL')
    await puller.exit()
    seen.add((await inForce()).manifest.generation)
  }
  expect(seen.has('g1')).toBe(true)
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  expect((await inForce()).manifest.generation).toBe('g2')
  const generations = await readdir(join(env.SIGNATURES_FOLDER ?? '', 'generations'))
  expect(generations.filter((name) => name.startsWith('.'))).toEqual([])
})
