import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readPullerReport } from '@guardimesh/scanner/report/puller-report.js'
import { readCurrentManifest } from '@guardimesh/signature-format'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aLooseFile, signatures } from './offered-databases.js'
import { type Offer, OfferingServer } from './offering-server.js'
import { probe, runBuilt } from './run-built.js'

let folder: string
let server: OfferingServer
let privateKey: KeyObject
let env: Record<string, string>

const anOffer = (generation: string, sequence: number): Offer => ({
  generation,
  sequence,
  files: [aLooseFile('own.ndb', signatures(`Test.${generation}`))],
})

beforeEach(async () => {
  folder = await temporaryFolder('puller-catalog')
  server = await OfferingServer.start()
  const pair = generateKeyPairSync('ed25519')
  privateKey = pair.privateKey
  env = {
    RUN_FOLDER: join(folder, 'run'),
    SIGNATURES_FOLDER: join(folder, 'signatures'),
    SIGNATURE_SERVER_URL: server.url,
    SIGNATURE_SERVER_KEY_FILE: join(folder, 'catalog.pub'),
    CLAMD_SOCKET: join(folder, 'nobody.sock'),
    NODE_NAME: 'node-1.example',
  }
  for (const name of ['run', 'signatures']) await mkdir(join(folder, name))
  await writeFile(join(folder, 'catalog.pub'), pair.publicKey.export({ type: 'spki', format: 'pem' }))
  server.key = privateKey
  server.offer(anOffer('g1', 10))
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

async function pullOnce(): Promise<string> {
  const puller = runBuilt('puller', env, ['--once'])
  await puller.exit()
  return puller.output()
}
const activeGeneration = async () => (await readCurrentManifest(join(folder, 'signatures')))?.manifest.generation

test('accepts a signed catalogue, and sends its node name and active generation to the server', async () => {
  await pullOnce()
  expect(await activeGeneration()).toBe('g1')
  await pullOnce()
  const queries = server.asked.filter(({ path }) => path === '/v1/catalog').map(({ query }) => Object.fromEntries(query))
  expect(queries).toEqual([{ node: 'node-1.example' }, { node: 'node-1.example', generation: 'g1' }])
})

test.each([
  { name: 'without a signature', spoil: () => (server.key = undefined), message: 'is not signed, but' },
  {
    name: 'signed with another key',
    spoil: () => (server.key = generateKeyPairSync('ed25519').privateKey),
    message: 'is not signed with the key in',
  },
  {
    name: 'modified after signing',
    spoil: () => (server.tamper = (body) => body.replace('"sequence":11', '"sequence":12')),
    message: 'is not signed with the key in',
  },
  { name: 'with a lower sequence', spoil: () => server.offer(anOffer('g2', 9)), message: 'sequence 9 is lower than 10' },
  { name: 'without a sequence', spoil: () => server.offer(anOffer('g2', 0)), message: 'sequence 0 is lower than 10' },
])('rejects a catalogue $name, and keeps the active generation', async ({ spoil, message }) => {
  await pullOnce()
  server.offer(anOffer('g2', 11))
  spoil()
  const output = await pullOnce()
  expect(output).toContain('SIGNATURES_INVALID')
  expect(output).toContain(message)
  expect(await activeGeneration()).toBe('g1')
})

test('accepts an earlier generation with a new sequence after a rollback', async () => {
  for (const offer of [anOffer('g1', 10), anOffer('g2', 20), anOffer('g1', 30)]) {
    server.offer(offer)
    await pullOnce()
    expect(await activeGeneration()).toBe(offer.generation)
  }
  expect(await readFile(join(folder, 'signatures', 'catalog-sequence'), 'utf8')).toBe('30\n')
})

test('accepts a server that sends neither signatures nor sequences if no key is configured', async () => {
  server.key = undefined
  const { SIGNATURE_SERVER_KEY_FILE: _, ...rest } = env
  env = rest
  for (const offer of [anOffer('g1', 10), anOffer('g2', 0)]) {
    server.offer(offer)
    await pullOnce()
    expect(await activeGeneration()).toBe(offer.generation)
  }
})

test('pulls a published generation immediately, and requests its catalogue once', async () => {
  await using puller = runBuilt('puller', env)
  for (const [n, generation] of ['g1', 'g2', 'g3'].entries()) {
    server.offer(anOffer(generation, 10 + n))
    await expect.poll(activeGeneration, { timeout: 30_000 }).toBe(generation)
    await puller.wrote(`"generation":"${generation}","kind":"switched"`)
  }
  await expect.poll(() => server.asked.at(-1)?.prefer, { timeout: 30_000 }).toBe('wait=300')
  // One request at the start, then one long poll per generation: the catalogue that ends a poll is not requested again.
  const catalogRequests = server.asked.filter(({ path }) => path === '/v1/catalog').map(({ prefer }) => prefer)
  expect(catalogRequests).toEqual([undefined, 'wait=300', 'wait=300', 'wait=300'])
  // SIGHUP during a long poll first aborts the poll.
  const before = server.asked.length
  puller.signal('SIGHUP')
  await expect.poll(() => server.asked.length, { timeout: 30_000 }).toBe(before + 2)
  expect(server.asked.at(-1)?.prefer).toBe('wait=300')
  expect(Math.max(...server.asked.map(({ together }) => together))).toBe(1)
})

test('backs off from a server that does not support long polls', async () => {
  server.hasLongPolls = false
  await using puller = runBuilt('puller', env)
  await puller.wrote('"kind":"switched"')
  const longPolls = () => server.asked.filter(({ prefer }) => prefer !== undefined)
  await expect.poll(() => longPolls().length, { timeout: 40_000 }).toBe(2)
  const [first, second] = longPolls()
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(4000)
})

test('reports a rejected generation, does not fetch it again, and pulls the next one immediately', async () => {
  await using puller = runBuilt('puller', env)
  await puller.wrote('"kind":"switched"')
  server.offer({ generation: 'bad', sequence: 11, files: [aLooseFile('own.ndb', 'nonsense\n')] })
  await puller.wrote('signature pull failed')
  const report = await readPullerReport(env.RUN_FOLDER ?? '')
  expect(report).toMatchObject({ generation: 'g1', refusedGeneration: 'bad', refusal: expect.stringContaining('own.ndb') })
  await expect.poll(() => server.asked.at(-1)?.prefer, { timeout: 30_000 }).toBe('wait=300')
  expect(server.takeRequestedFiles()).toEqual(['clamav/own.ndb', 'clamav/own.ndb'])
  server.offer(anOffer('g2', 12))
  await expect.poll(activeGeneration, { timeout: 30_000 }).toBe('g2')
  await expect
    .poll(() => readPullerReport(env.RUN_FOLDER ?? ''), { timeout: 30_000 })
    .toMatchObject({ generation: 'g2', refusedGeneration: '', refusal: '' })
  const metrics = (await probe(join(folder, 'run', 'puller.probe.sock'), '/metrics')).body
  expect(metrics).toContain('guardimesh_puller_pulls_total{outcome="refused"} 1')
  expect(metrics).toMatch(/guardimesh_puller_pulled_bytes_total\{kind="whole"\} [1-9]/)
  expect(metrics).toContain('guardimesh_puller_pulled_bytes_total{kind="update"} 0')
})

test('rejects a replayed catalogue in a new pod, whose signature folder is empty', async () => {
  await pullOnce()
  expect((await readPullerReport(env.RUN_FOLDER ?? '')).catalogSequence).toBe(10)
  await rm(join(folder, 'signatures'), { recursive: true })
  await mkdir(join(folder, 'signatures'))
  await writeFile(join(folder, 'run', 'catalog-floor'), '11\n')
  expect(await pullOnce()).toContain('sequence 10 is lower than 11')
  expect(await activeGeneration()).toBeUndefined()
  server.offer(anOffer('g2', 11))
  await pullOnce()
  expect(await activeGeneration()).toBe('g2')
})

test('waits for the scanner process before the first pull of a pod', async () => {
  env.CATALOG_FLOOR_WAIT_SECONDS = '60'
  const puller = runBuilt('puller', env, ['--once'])
  await puller.wrote('waiting for the scanner process')
  expect(server.asked).toEqual([])
  await writeFile(join(folder, 'run', 'catalog-floor'), '0\n')
  expect(await puller.exit()).toBe(0)
  expect(await activeGeneration()).toBe('g1')
})
