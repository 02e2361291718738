import { chmod, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import { readPullerReport } from '@guardimesh/scanner/report/puller-report.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aLooseFile, manySignatures, signatures } from './offered-databases.js'
import { OfferingServer } from './offering-server.js'
import { probe, runBuilt } from './run-built.js'
import { type SupervisedClamd, superviseClamd, writeClamdTemplate } from './supervised-clamd.js'

const PATIENCE = { timeout: 60_000 }
let folder: string
let server: OfferingServer
let clamd: SupervisedClamd
let env: Record<string, string>
let control: ClamdControl
let generations = 0

/** Offers a generation that is said to take so much memory; clamd may have 512 MiB. */
function offer(memoryMib: number | undefined): string {
  const generation = `g${++generations}`
  const content = `${manySignatures(2000)}${signatures(`Test.${generation}`)}`
  const measured = memoryMib === undefined ? {} : { memoryBytes: memoryMib * MIB_BYTES }
  server.offer({ generation, sequence: generations, files: [aLooseFile('own.ndb', content)], ...measured })
  return generation
}

async function loadMode(): Promise<string | undefined> {
  const config = await readFile(env.CLAMD_CONFIG_FILE ?? '', 'utf8')
  expect(config).toContain('StreamMaxLength 2047M')
  return /^ConcurrentDatabaseReload (.*)$/m.exec(config)?.[1]
}

async function pullOnce(): Promise<{ exitCode: number | null; output: string }> {
  const puller = runBuilt('puller', env, ['--once'])
  return { exitCode: await puller.exit(), output: puller.output() }
}

beforeAll(async () => {
  folder = await temporaryFolder('puller-reload')
  server = await OfferingServer.start()
  for (const name of ['run', 'signatures']) await mkdir(join(folder, name))
  await chmod(join(folder, 'signatures'), 0o755)
  const { configFile: template, socketPath } = await writeClamdTemplate(folder, join(folder, 'signatures', 'current', 'clamav'))
  control = new ClamdControl({ socketPath })
  env = {
    RUN_FOLDER: join(folder, 'run'),
    SIGNATURES_FOLDER: join(folder, 'signatures'),
    SIGNATURE_SERVER_URL: server.url,
    CLAMD_SOCKET: socketPath,
    CLAMD_MEMORY_BYTES: String(512 * MIB_BYTES),
    CLAMD_CONFIG_FILE: join(folder, 'clam', 'clamd.conf'),
    CLAMD_CONFIG_TEMPLATE: template,
  }
})
afterAll(async () => {
  await clamd?.[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

test('the first pull writes what clamd starts with: room for two generations', async () => {
  const generation = offer(100)
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('"isServed":false') })
  expect(await loadMode()).toBe('yes')
  expect((await readPullerReport(env.RUN_FOLDER ?? '')).loadedAtMs).toBe(0)
  clamd = await superviseClamd(join(folder, 'clam'), env.CLAMD_CONFIG_FILE ?? '')
  await using puller = runBuilt('puller', env)
  await expect.poll(() => readPullerReport(env.RUN_FOLDER ?? ''), PATIENCE).toMatchObject({ generation })
  await expect.poll(async () => (await readPullerReport(env.RUN_FOLDER ?? '')).loadedAtMs, PATIENCE).toBeGreaterThan(Date.now() - 60_000)
  const { memoryBytes, loadMs, loadedAtMs, switchedAtMs } = await readPullerReport(env.RUN_FOLDER ?? '')
  expect(memoryBytes).toBeGreaterThan(MIB_BYTES)
  expect(loadMs).toBe(loadedAtMs - switchedAtMs)
  puller.signal('SIGTERM')
  expect(await puller.exit()).toBe(0)
})

test('with that room clamd loads the next one beside it, as the same process', async () => {
  const generation = offer(120)
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('"isServed":true') })
  expect(await control.servesGeneration(generation)).toBe(true)
  expect(clamd.pids).toHaveLength(1)
})

test('without room for both, clamd is asked to end, and starts again with the new generation and its configuration', async () => {
  const generation = offer(200)
  const { exitCode, output } = await pullOnce()
  expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('no room for two generations') })
  expect(await control.servesGeneration(generation)).toBe(true)
  expect(await loadMode()).toBe('no')
  expect(clamd.pids).toHaveLength(2)
})

test('from then on it loads one after the other, as the same process', async () => {
  const generation = offer(210)
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('"isServed":true') })
  expect(await control.servesGeneration(generation)).toBe(true)
  expect(clamd.pids).toHaveLength(2)
})

test('a generation that does not fit alone is refused before it is fetched', async () => {
  const before = `g${generations}`
  server.takeFilesAsked()
  const generation = offer(300)
  const { output } = await pullOnce()
  expect(output).toContain('take 300 MiB of memory and scans 256 MiB, but clamd may have 512 MiB; raise the memory limit')
  expect(server.takeFilesAsked()).toEqual([])
  expect(await control.servesGeneration(before)).toBe(true)
  expect(await readPullerReport(env.RUN_FOLDER ?? '')).toMatchObject({ generation: before, refusedGeneration: generation })
})

test('a puller that was killed before clamd ended has it end the next time', async () => {
  // Room for two again, from the next start of clamd on.
  offer(50)
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  expect(await loadMode()).toBe('yes')
  process.kill(clamd.pids.at(-1) ?? 0, 'SIGTERM')
  await expect.poll(() => control.servesGeneration(`g${generations}`).catch(() => false), PATIENCE).toBe(true)
  const starts = clamd.pids.length
  const generation = offer(200)
  const puller = runBuilt('puller', env, ['--once'])
  await puller.wrote('signatures switched')
  puller.signal('SIGKILL')
  await puller.exit()
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  await expect.poll(() => control.servesGeneration(generation).catch(() => false), PATIENCE).toBe(true)
  expect(clamd.pids).toHaveLength(starts + 1)
  expect(await loadMode()).toBe('no')
})

test('what a node serves, how long it took and how much memory it takes is in the metrics', async () => {
  await using puller = runBuilt('puller', { ...env, LOG_LEVEL: 'debug' })
  const generation = offer(undefined)
  await puller.wrote(`"generation":"${generation}","kind":"switched","isServed":true`)
  const metrics = (await probe(join(folder, 'run', 'puller.probe.sock'), '/metrics')).body
  expect(metrics).toMatch(/guardimesh_puller_load_seconds 0\.\d+|guardimesh_puller_load_seconds [1-9]/)
  expect(Number(/guardimesh_puller_clamd_memory_bytes (\d+)/.exec(metrics)?.[1])).toBeGreaterThan(MIB_BYTES)
})
