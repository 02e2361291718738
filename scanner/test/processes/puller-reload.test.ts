import { chmod, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import { readPullerReport } from '@guardimesh/scanner/report/puller-report.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aLooseFile, manySignatures, signatures } from './offered-databases.js'
import { OfferingServer } from './offering-server.js'
import { probe, runBuilt, runConfined } from './run-built.js'
import { type SupervisedClamd, superviseClamd, writeClamdTemplate } from './supervised-clamd.js'

const POLL_OPTIONS = { timeout: 60_000 }
let folder: string
let server: OfferingServer
let clamd: SupervisedClamd
let env: Record<string, string>
let control: ClamdControl
let generations = 0

/** Offers a generation that declares this much memory; the limit of clamd is 512 MiB. */
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
  const puller = runConfined('puller', { folder, env, args: ['--once'] })
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

test('configures a concurrent reload at the first pull if two generations fit into memory', async () => {
  const generation = offer(100)
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('"isServed":false') })
  expect(await loadMode()).toBe('yes')
  expect((await readPullerReport(env.RUN_FOLDER ?? '')).loadedAtMs).toBe(0)
  clamd = await superviseClamd(join(folder, 'clam'), env.CLAMD_CONFIG_FILE ?? '')
  await using puller = runConfined('puller', { folder, env })
  await expect.poll(() => readPullerReport(env.RUN_FOLDER ?? ''), POLL_OPTIONS).toMatchObject({ generation })
  await expect
    .poll(async () => (await readPullerReport(env.RUN_FOLDER ?? '')).loadedAtMs, POLL_OPTIONS)
    .toBeGreaterThan(Date.now() - 60_000)
  const { memoryBytes, loadMs, loadedAtMs, switchedAtMs } = await readPullerReport(env.RUN_FOLDER ?? '')
  expect(memoryBytes).toBeGreaterThan(MIB_BYTES)
  expect(loadMs).toBe(loadedAtMs - switchedAtMs)
  puller.signal('SIGTERM')
  expect(await puller.exit()).toBe(0)
})

test('reloads concurrently in the same clamd process', async () => {
  const generation = offer(120)
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('"isServed":true') })
  expect(await control.servesGeneration(generation)).toBe(true)
  expect(clamd.pids).toHaveLength(1)
})

test('restarts clamd with the new generation and configuration if two generations do not fit into memory', async () => {
  const generation = offer(200)
  const { exitCode, output } = await pullOnce()
  expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('not enough memory for a concurrent reload') })
  expect(await control.servesGeneration(generation)).toBe(true)
  expect(await loadMode()).toBe('no')
  expect(clamd.pids).toHaveLength(2)
})

test('reloads sequentially in the same clamd process', async () => {
  const generation = offer(210)
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('"isServed":true') })
  expect(await control.servesGeneration(generation)).toBe(true)
  expect(clamd.pids).toHaveLength(2)
})

test('rejects a generation that does not fit into memory before fetching it', async () => {
  const before = `g${generations}`
  server.takeRequestedFiles()
  const generation = offer(300)
  const { output } = await pullOnce()
  expect(output).toContain('need 300 MiB of memory and scans 256 MiB, but clamd is limited to 512 MiB; raise the memory limit')
  expect(server.takeRequestedFiles()).toEqual([])
  expect(await control.servesGeneration(before)).toBe(true)
  expect(await readPullerReport(env.RUN_FOLDER ?? '')).toMatchObject({ generation: before, refusedGeneration: generation })
})

test('restarts clamd in the next run if the puller is killed before the restart', async () => {
  // Two generations fit into memory again, which takes effect at the next start of clamd.
  offer(50)
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  expect(await loadMode()).toBe('yes')
  process.kill(clamd.pids.at(-1) ?? 0, 'SIGTERM')
  await expect.poll(() => control.servesGeneration(`g${generations}`).catch(() => false), POLL_OPTIONS).toBe(true)
  const starts = clamd.pids.length
  const generation = offer(200)
  const puller = runBuilt('puller', env, ['--once'])
  await puller.wrote('signatures switched')
  puller.signal('SIGKILL')
  await puller.exit()
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  await expect.poll(() => control.servesGeneration(generation).catch(() => false), POLL_OPTIONS).toBe(true)
  expect(clamd.pids).toHaveLength(starts + 1)
  expect(await loadMode()).toBe('no')
})

test('exposes load time and memory of clamd as metrics', async () => {
  await using puller = runConfined('puller', { folder, env: { ...env, LOG_LEVEL: 'debug' } })
  const generation = offer(undefined)
  await puller.wrote(`"generation":"${generation}","kind":"switched","isServed":true`)
  const metrics = (await probe(join(folder, 'run', 'puller.probe.sock'), '/metrics')).body
  expect(metrics).toMatch(/guardimesh_puller_load_seconds 0\.\d+|guardimesh_puller_load_seconds [1-9]/)
  expect(Number(/guardimesh_puller_clamd_memory_bytes (\d+)/.exec(metrics)?.[1])).toBeGreaterThan(MIB_BYTES)
})
