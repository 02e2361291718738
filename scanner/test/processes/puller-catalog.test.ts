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
const inForce = async () => (await readCurrentManifest(join(folder, 'signatures')))?.manifest.generation

test('a signed catalogue is taken; the server hears which node asks, and what it has', async () => {
  await pullOnce()
  expect(await inForce()).toBe('g1')
  await pullOnce()
  const asked = server.asked.filter(({ path }) => path === '/v1/catalog').map(({ query }) => Object.fromEntries(query))
  expect(asked).toEqual([{ node: 'node-1.example' }, { node: 'node-1.example', generation: 'g1' }])
})

test.each([
  { name: 'that is not signed', spoil: () => (server.key = undefined), says: 'is not signed, and the key in' },
  {
    name: 'that another key signed',
    spoil: () => (server.key = generateKeyPairSync('ed25519').privateKey),
    says: 'is not signed with the key in',
  },
  {
    name: 'that was changed on its way',
    spoil: () => (server.tamper = (body) => body.replace('"sequence":11', '"sequence":12')),
    says: 'is not signed with the key in',
  },
  { name: 'that is older than one before', spoil: () => server.offer(anOffer('g2', 9)), says: 'sequence 9, seen 10' },
  { name: 'that has no sequence', spoil: () => server.offer(anOffer('g2', 0)), says: 'sequence 0, seen 10' },
])('a catalogue $name is refused, and the old generation stays', async ({ spoil, says }) => {
  await pullOnce()
  server.offer(anOffer('g2', 11))
  spoil()
  const output = await pullOnce()
  expect(output).toContain('SIGNATURES_INVALID')
  expect(output).toContain(says)
  expect(await inForce()).toBe('g1')
})

test('a generation that the server went back to comes with a new sequence, and is taken', async () => {
  for (const offer of [anOffer('g1', 10), anOffer('g2', 20), anOffer('g1', 30)]) {
    server.offer(offer)
    await pullOnce()
    expect(await inForce()).toBe(offer.generation)
  }
  expect(await readFile(join(folder, 'signatures', 'catalog-sequence'), 'utf8')).toBe('30\n')
})

test('without a key, a server from before signatures and sequences is taken', async () => {
  server.key = undefined
  const { SIGNATURE_SERVER_KEY_FILE: _, ...rest } = env
  env = rest
  for (const offer of [anOffer('g1', 10), anOffer('g2', 0)]) {
    server.offer(offer)
    await pullOnce()
    expect(await inForce()).toBe(offer.generation)
  }
})

test('what is published is pulled at once, by one request that waits', async () => {
  await using puller = runBuilt('puller', env)
  for (const [n, generation] of ['g1', 'g2', 'g3'].entries()) {
    server.offer(anOffer(generation, 10 + n))
    await expect.poll(inForce, { timeout: 30_000 }).toBe(generation)
    await puller.wrote(`"generation":"${generation}","kind":"switched"`)
  }
  await expect.poll(() => server.asked.at(-1)?.prefer, { timeout: 30_000 }).toBe('wait=300')
  // Asked to pull while a request waits, it gives that one up first.
  const before = server.asked.length
  puller.signal('SIGHUP')
  await expect.poll(() => server.asked.length, { timeout: 30_000 }).toBe(before + 2)
  expect(server.asked.at(-1)?.prefer).toBe('wait=300')
  expect(Math.max(...server.asked.map(({ together }) => together))).toBe(1)
})

test('a server that does not wait is not asked again and again', async () => {
  server.isWaiting = false
  await using puller = runBuilt('puller', env)
  await puller.wrote('"kind":"switched"')
  const waiting = () => server.asked.filter(({ prefer }) => prefer !== undefined)
  await expect.poll(() => waiting().length, { timeout: 40_000 }).toBe(2)
  const [first, second] = waiting()
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(4000)
})

test('a generation that is refused is told and left alone; the next one is pulled at once', async () => {
  await using puller = runBuilt('puller', env)
  await puller.wrote('"kind":"switched"')
  server.offer({ generation: 'bad', sequence: 11, files: [aLooseFile('own.ndb', 'nonsense\n')] })
  await puller.wrote('signatures not pulled')
  const report = await readPullerReport(env.RUN_FOLDER ?? '')
  expect(report).toMatchObject({ generation: 'g1', refusedGeneration: 'bad', refusal: expect.stringContaining('own.ndb') })
  await expect.poll(() => server.asked.at(-1)?.prefer, { timeout: 30_000 }).toBe('wait=300')
  expect(server.takeFilesAsked()).toEqual(['clamav/own.ndb', 'clamav/own.ndb'])
  server.offer(anOffer('g2', 12))
  await expect.poll(inForce, { timeout: 30_000 }).toBe('g2')
  await expect
    .poll(() => readPullerReport(env.RUN_FOLDER ?? ''), { timeout: 30_000 })
    .toMatchObject({ generation: 'g2', refusedGeneration: '', refusal: '' })
  const metrics = (await probe(join(folder, 'run', 'puller.probe.sock'), '/metrics')).body
  expect(metrics).toContain('guardimesh_puller_pulls_total{outcome="refused"} 1')
  expect(metrics).toMatch(/guardimesh_puller_pulled_bytes_total\{kind="whole"\} [1-9]/)
  expect(metrics).toContain('guardimesh_puller_pulled_bytes_total{kind="update"} 0')
})
