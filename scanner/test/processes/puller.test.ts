import { createHash } from 'node:crypto'
import { appendFile, chmod, cp, mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import { ClamdEngine } from '@guardimesh/scanner/engines/clamav/clamd-engine.js'
import { FORMATS_FILE, readCurrentManifest } from '@guardimesh/signature-format'
import { type RunningClamd, startClamd } from '@guardimesh/testbed/clamd.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { never, openFile, quietLog } from '../engines/fixtures.js'
import { probe, runBuilt } from './run-built.js'

const STARTER_SET = fileURLToPath(new URL('../../signatures', import.meta.url))
let folder: string
let source: string
let signatures: string
let clamd: RunningClamd | undefined

function env(): Record<string, string> {
  return {
    RUN_FOLDER: join(folder, 'run'),
    SIGNATURES_SOURCE_FOLDER: source,
    SIGNATURES_FOLDER: signatures,
    CLAMD_SOCKET: join(folder, 'clamd', 'clamd.sock'),
    PULL_INTERVAL_SECONDS: '3600',
  }
}

async function pullOnce(): Promise<{ exitCode: number | null; output: string }> {
  const puller = runBuilt('puller', env(), ['--once'])
  return { exitCode: await puller.exit(), output: puller.output() }
}

async function activeGeneration(): Promise<string> {
  return (await readCurrentManifest(signatures))?.manifest.generation ?? 'none'
}

const addSignature = (name: string) => appendFile(join(source, 'clamav', 'more.ndb'), `${name}:0:*:${Buffer.from(name).toString('hex')}\n`)
const servesGeneration = (name: string) => new ClamdControl({ socketPath: env().CLAMD_SOCKET ?? '' }).servesGeneration(name)

beforeAll(async () => {
  folder = await temporaryFolder('puller')
  ;[source, signatures] = [join(folder, 'source'), join(folder, 'signatures')]
  await mkdir(join(folder, 'run'))
  await mkdir(signatures)
  await chmod(signatures, 0o755)
  await cp(STARTER_SET, source, { recursive: true })
})
afterAll(async () => {
  await clamd?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('has no generation before the first pull', async () => {
  expect(await readCurrentManifest(signatures)).toBeUndefined()
})

test('--once activates the source without a running clamd', async () => {
  // Files that are not signatures are ignored.
  await writeFile(join(source, 'clamav', '.hidden.ndb'), 'x')
  await writeFile(join(source, 'clamav', 'notes.txt'), 'x')
  expect(await pullOnce()).toMatchObject({ exitCode: 0 })
  const current = await readCurrentManifest(signatures)
  expect(current?.manifest.files.map(({ path }) => path).sort()).toEqual([
    'clamav/guardimesh-generation.hsb',
    'clamav/guardimesh-starter.hsb',
    'clamav/guardimesh-starter.ldb',
    'clamav/guardimesh-starter.ndb',
    'yara/guardimesh-packed.yar',
    'yara/guardimesh-scripts.yar',
  ])
  for (const { path, sha256, sizeBytes } of current?.manifest.files ?? []) {
    const bytes = await readFile(join(current?.folder ?? '', path))
    expect({ sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length }).toEqual({ sha256, sizeBytes })
  }
  expect(await readdir(join(signatures, 'generations'))).toEqual([current?.manifest.generation])
})

test('changes nothing for an unchanged source', async () => {
  const before = await readlink(join(signatures, 'current'))
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('"kind":"unchanged"') })
  expect(await readlink(join(signatures, 'current'))).toBe(before)
})

test('reloads a running clamd, and waits until it has loaded the new generation', async () => {
  const databaseFolder = join(signatures, 'current', 'clamav')
  clamd = await startClamd({ folder: join(folder, 'clamd'), databaseFolder, settings: { IdleTimeout: '1' } })
  expect(await servesGeneration(await activeGeneration())).toBe(true)
  await addSignature('Test.Second.Generation')
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('"isServed":true') })
  expect(await servesGeneration(await activeGeneration())).toBe(true)
})

test.each([
  { name: 'a database that clamd rejects', path: 'clamav/broken.ndb', content: 'this is no signature\n' },
  { name: 'an invalid manifest', path: 'manifest.json', content: '{}' },
  {
    name: 'a manifest with a wrong checksum',
    path: 'manifest.json',
    content: JSON.stringify({
      generation: 'signed-1',
      builtAt: '2026-01-01T00:00:00Z',
      files: [{ path: 'clamav/guardimesh-starter.ndb', sizeBytes: 1, sha256: '0'.repeat(64) }],
    }),
  },
])('keeps the active generation for $name', async ({ path, content }) => {
  const before = await activeGeneration()
  await writeFile(join(source, path), content)
  expect(await pullOnce()).toMatchObject({ exitCode: 1, output: expect.stringContaining('SIGNATURES_INVALID') })
  await rm(join(source, path))
  expect(await activeGeneration()).toBe(before)
  expect((await readdir(join(signatures, 'generations'))).includes(before)).toBe(true)
  expect(await servesGeneration(before)).toBe(true)
})

test('uses the generation name in the manifest of the source', async () => {
  const bytes = await readFile(join(source, 'clamav', 'guardimesh-starter.ldb'))
  const file = { path: 'clamav/guardimesh-starter.ldb', sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  const manifest = { generation: 'signed-2', builtAt: '2026-01-01T00:00:00Z', files: [file] }
  await writeFile(join(source, 'manifest.json'), JSON.stringify(manifest))
  expect((await pullOnce()).exitCode).toBe(0)
  expect(await activeGeneration()).toBe('signed-2')
  expect(await servesGeneration('signed-2')).toBe(true)
})

test('writes and loads a generation again whose format signatures are from another version', async () => {
  const generation = await activeGeneration()
  const path = join(folder, 'nested.gz')
  await writeFile(path, gzipSync(zstdCompressSync(Buffer.from('content'))))
  using file = openFile(path)
  using engine = new ClamdEngine({ socketPath: env().CLAMD_SOCKET ?? '', timeoutMs: 60_000, log: quietLog })
  const verdict = async () => (await engine.scan(file, never)).kind
  expect(await verdict()).toBe('not-scanned')
  await rm(join(signatures, 'current', 'clamav', FORMATS_FILE))
  await new ClamdControl({ socketPath: env().CLAMD_SOCKET ?? '' }).reload()
  await expect.poll(verdict, { timeout: 30_000 }).toBe('clean')
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('"kind":"switched"') })
  await expect.poll(verdict, { timeout: 30_000 }).toBe('not-scanned')
  expect(await activeGeneration()).toBe(generation)
  expect(await pullOnce()).toMatchObject({ exitCode: 0, output: expect.stringContaining('"kind":"unchanged"') })
  await rm(join(source, 'manifest.json'))
})

test('pulls on SIGHUP, keeps three generations and exposes metrics when it runs as a service', async () => {
  await using puller = runBuilt('puller', env())
  await puller.wrote('"kind":"switched"')
  const probeSocket = join(folder, 'run', 'puller.probe.sock')
  expect((await probe(probeSocket, '/readyz')).status).toBe(200)
  for (const name of ['Test.Third', 'Test.Fourth']) {
    const before = await activeGeneration()
    await addSignature(name)
    puller.signal('SIGHUP')
    await expect.poll(activeGeneration, { timeout: 30_000 }).not.toBe(before)
  }
  const last = await activeGeneration()
  await expect.poll(() => servesGeneration(last), { timeout: 30_000 }).toBe(true)
  await puller.wrote(`"generation":"${last}","kind":"switched"`)
  const metrics = (await probe(probeSocket, '/metrics')).body
  expect(metrics).toContain('guardimesh_puller_pulls_total{outcome="switched"} 3')
  expect(metrics).toContain(`guardimesh_puller_generation_info{generation="${last}"} 1`)
  expect(await readdir(join(signatures, 'generations'))).toHaveLength(3)
  puller.signal('SIGTERM')
  expect(await puller.exit()).toBe(0)
})
