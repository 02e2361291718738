import { createHash, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { copyFile, mkdir, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLogger } from '@guardimesh/kit'
import { ClamdControl } from '@guardimesh/scanner/engines/clamav/clamd-control.js'
import { ScannerEvents } from '@guardimesh/scanner/processes/scanner/events/scanner-events.js'
import { CatalogFloorKeeper } from '@guardimesh/scanner/processes/scanner/remote/catalog-floor-keeper.js'
import { GenerationMonitor } from '@guardimesh/scanner/processes/scanner/remote/generation-monitor.js'
import { readPullerReport } from '@guardimesh/scanner/report/puller-report.js'
import { readCurrentManifest } from '@guardimesh/signature-format'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { type RunningClamd, startClamd } from '@guardimesh/testbed/clamd.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSignature, writeStarterSet } from '../../../signature-server/test/databases.js'
import { freePort, type RunningServer, startServer } from '../../../signature-server/test/running-server.js'
import { startBreakingProxy } from './breaking-proxy.js'
import { aContainer, manySignatures } from './offered-databases.js'
import { type BuiltProcess, runBuilt } from './run-built.js'

const STARTER_SET = fileURLToPath(new URL('../../signatures', import.meta.url))
/** Long timeout, because other tests run concurrently. */
const POLL_OPTIONS = { timeout: 40_000 }
let folder: string
let authority: TestAuthority
let server: RunningServer
let clamd: RunningClamd | undefined
/** Waits 20 s for a server that never responds, concurrently with the other tests. */
let withoutServer: BuiltProcess

interface Node {
  readonly signatures: string
  readonly env: Record<string, string>
}

/** Creates the folders and environment of a node that uses the signature server at `url`. */
async function makeNode(name: string, url: string, env: Record<string, string> = {}): Promise<Node> {
  const [run, signatures] = [join(folder, name, 'run'), join(folder, name, 'signatures')]
  for (const path of [run, signatures]) await mkdir(path, { recursive: true })
  return {
    signatures,
    env: {
      RUN_FOLDER: run,
      SIGNATURE_SERVER_URL: url,
      SIGNATURE_SERVER_CA_FILE: authority.caFile,
      SIGNATURES_FOLDER: signatures,
      CLAMD_SOCKET: join(folder, name, 'clamd', 'clamd.sock'),
      PULL_INTERVAL_SECONDS: '3600',
      ...env,
    },
  }
}

async function pullOnce(node: Node): Promise<{ exitCode: number | null; output: string }> {
  const puller = runBuilt('puller', node.env, ['--once'])
  return { exitCode: await puller.exit(), output: puller.output() }
}

const activeManifest = async (node: Node) => (await readCurrentManifest(node.signatures))?.manifest
const filesServed = async () => {
  const metrics = (await server.get('/metrics')).body.toString()
  return Number(/requests_total\{route="file",status="200"\} (\d+)/.exec(metrics)?.[1] ?? 0)
}

beforeAll(async () => {
  folder = await temporaryFolder('puller-server')
  authority = await createAuthority('signatures')
  await writeStarterSet(folder)
  const unreachable = `https://127.0.0.1:${await freePort()}`
  withoutServer = runBuilt('puller', (await makeNode('lonely', unreachable, { SIGNATURES_SOURCE_FOLDER: STARTER_SET })).env, ['--once'])
  server = await startServer({ folder, authority })
  await server.put({ 'first.ndb': aSignature('Test.First') })
  await server.ended('first.ndb')
})
afterAll(async () => {
  await clamd?.stop()
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
  await rm(authority.folder, { recursive: true, force: true })
})

test('--once activates the generation of the server under its name, with the metadata of each file from the catalogue', async () => {
  const node = await makeNode('first', server.url)
  expect(await pullOnce(node)).toMatchObject({ exitCode: 0, output: expect.stringContaining('"kind":"switched"') })
  const offered = await server.catalog()
  const manifest = await activeManifest(node)
  expect(manifest).toMatchObject({ generation: offered.generation, builtAt: offered.builtAt })
  expect(manifest?.files).toEqual([...offered.files, expect.objectContaining({ path: 'clamav/guardimesh-generation.hsb' })])
  for (const { path, sha256 } of manifest?.files ?? []) {
    const bytes = await readFile(join(node.signatures, 'current', path))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
  }
  expect(await readdir(join(node.signatures, 'downloads'))).toEqual([])
})

test('downloads only new files of a generation, links unchanged ones, and reloads clamd', async () => {
  const node = await makeNode('second', server.url, { PROBE_PORT: String(await freePort()) })
  expect((await pullOnce(node)).exitCode).toBe(0)
  const databaseFolder = join(node.signatures, 'current', 'clamav')
  clamd = await startClamd({ folder: join(folder, 'second', 'clamd'), databaseFolder, settings: { IdleTimeout: '1' } })
  await using puller = runBuilt('puller', { ...node.env, LOG_LEVEL: 'debug' })
  await puller.wrote('"kind":"unchanged"')
  const [filesBefore, inodeBefore] = [await filesServed(), (await stat(join(databaseFolder, 'first.ndb'))).ino]
  await server.put({ 'second.ndb': aSignature('Test.Second') })
  const { generation } = await server.ended('second.ndb')
  puller.signal('SIGHUP')
  await puller.wrote('"kind":"switched","isServed":true')
  expect((await activeManifest(node))?.generation).toBe(generation)
  expect(await new ClamdControl({ socketPath: node.env.CLAMD_SOCKET ?? '' }).servesGeneration(generation)).toBe(true)
  expect((await filesServed()) - filesBefore).toBe(1)
  expect((await stat(join(databaseFolder, 'first.ndb'))).ino).toBe(inodeBefore)
  // The scanner reads the puller's report.
  const stop = new AbortController()
  const events = new ScannerEvents().on('generationLoaded', () => stop.abort())
  const clamdControl = new ClamdControl({ socketPath: node.env.CLAMD_SOCKET ?? '' })
  const log = createLogger('test', 'silent')
  const folders = { signaturesFolder: node.signatures, pullerFolder: node.env.RUN_FOLDER ?? '' }
  const catalogFloor = new CatalogFloorKeeper({ stateFolder: dirname(node.signatures), pullerFolder: folders.pullerFolder, log })
  const monitor = new GenerationMonitor({ ...folders, catalogFloor, clamd: clamdControl, log, events })
  await monitor.run(stop.signal)
  const signatureCount = (await server.catalog()).files.reduce((sum, { signatures }) => sum + (signatures ?? 0), 0)
  expect(monitor).toMatchObject({ generation, signatureCount })
  expect(monitor.report).toMatchObject({ generation, refusedGeneration: '', pulledBytes: aSignature('Test.Second').length })
  expect(monitor.report.loadMs).toBe(monitor.report.loadedAtMs - monitor.report.switchedAtMs)
  expect(monitor.report.memoryBytes).toBeGreaterThan(0)
  // The kubelet probes over TCP.
  const metrics = await get(Number(node.env.PROBE_PORT), '/metrics')
  expect(metrics).toContain(`guardimesh_puller_generation_info{generation="${generation}"} 1`)
  expect(await get(Number(node.env.PROBE_PORT), '/readyz')).toBe('ok\n')
  // An unchanged catalogue is not transferred again.
  puller.signal('SIGHUP')
  await expect.poll(async () => (await server.get('/metrics')).body.toString()).toMatch(/route="\/v1\/catalog",status="304"/)
})

test('pulls a published generation immediately, verifies its signature and applies a delta', async () => {
  const pair = generateKeyPairSync('ed25519')
  const [privateFile, publicFile] = [join(folder, 'catalog.key'), join(folder, 'catalog.pub')]
  await writeFile(privateFile, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await writeFile(publicFile, pair.publicKey.export({ type: 'spki', format: 'pem' }))
  const volume = join(folder, 'signed-volume')
  await using signing = await startServer({ folder, authority, volume, env: { CATALOG_KEY_FILE: privateFile } })
  const content = manySignatures(5000)
  const containers = join(folder, 'containers')
  await signing.put({ 'own.cud': (await aContainer(containers, 1, content)).bytes })
  await signing.ended('own.cud')
  const node = await makeNode('at-once', signing.url, { SIGNATURE_SERVER_KEY_FILE: publicFile, NODE_NAME: 'node-at-once' })
  await using puller = runBuilt('puller', node.env)
  await puller.wrote('"kind":"switched"')
  const newer = await aContainer(containers, 2, `${content}${aSignature('Test.Published')}`)
  await signing.put({ 'own.cud': newer.bytes })
  await expect.poll(async () => (await signing.catalog()).files.some(({ version }) => version === 2), POLL_OPTIONS).toBe(true)
  const { generation } = await signing.catalog()
  const publishedAtMs = performance.now()
  await expect.poll(async () => (await activeManifest(node))?.generation, POLL_OPTIONS).toBe(generation)
  expect(performance.now() - publishedAtMs).toBeLessThan(20_000)
  expect(puller.output()).toContain('database updated by delta')
  const report = () => readPullerReport(node.env.RUN_FOLDER ?? '')
  await expect.poll(report, POLL_OPTIONS).toMatchObject({ generation })
  expect((await report()).pulledBytes).toBeLessThan(newer.bytes.length * 0.1)
  await expect.poll(async () => (await signing.status()).nodes, POLL_OPTIONS).toMatchObject([{ name: 'node-at-once', generation }])
})

test('resumes a download after repeated disconnects', async () => {
  const large = Array.from({ length: 60_000 }, (_, n) => `${createHash('md5').update(`${n}`).digest('hex')}:${n + 1}:Test.${n}\n`).join('')
  await server.put({ 'large.hdb': large })
  await server.ended('large.hdb')
  const proxy = await startBreakingProxy(Number(new URL(server.url).port), 1_000_000)
  const node = await makeNode('broken', `https://127.0.0.1:${proxy.port}`)
  const { exitCode, output } = await pullOnce(node)
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 })
  const broken = output.split('\n').filter((line) => line.includes('download interrupted'))
  expect(broken.length).toBeGreaterThanOrEqual(2)
  expect(JSON.parse(broken.at(-1) ?? '{}').haveBytes).toBeGreaterThan(500_000)
  expect(proxy.bytes()).toBeLessThan(large.length * 1.5)
  expect((await activeManifest(node))?.generation).toBe((await server.catalog()).generation)
  proxy.server.close()
})

test('resumes a download after SIGKILL', async () => {
  const proxy = await startBreakingProxy(Number(new URL(server.url).port), 700_000)
  const node = await makeNode('killed', `https://127.0.0.1:${proxy.port}`)
  const first = runBuilt('puller', node.env, ['--once'])
  await first.wrote('download interrupted')
  first.signal('SIGKILL')
  await first.exit()
  const [part = ''] = await readdir(join(node.signatures, 'downloads'))
  const partBytes = (await stat(join(node.signatures, 'downloads', part))).size
  expect(partBytes).toBeGreaterThan(100_000)
  expect(await activeManifest(node)).toBeUndefined()
  const bytesBefore = proxy.bytes()
  expect((await pullOnce(node)).exitCode).toBe(0)
  const { files } = await server.catalog()
  const allBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  expect(proxy.bytes() - bytesBefore).toBeLessThan(allBytes - partBytes + 200_000)
  proxy.server.close()
})

test('rejects a file that differs from the catalogue, and keeps the active generation', async () => {
  const node = await makeNode('tampered', server.url)
  expect((await pullOnce(node)).exitCode).toBe(0)
  const before = await activeManifest(node)
  await server.put({ 'tampered.ndb': aSignature('Test.Tampered') })
  const { generation } = await server.ended('tampered.ndb')
  const path = join(server.volume, 'generations', generation, 'clamav', 'tampered.ndb')
  const content = await readFile(path)
  await rm(path)
  await writeFile(path, content.fill('x', 0, 4))
  // With an active generation, the init container succeeds.
  expect(await pullOnce(node)).toMatchObject({
    exitCode: 0,
    output: expect.stringMatching(/but the catalogue lists.*keeping the active generation/s),
  })
  expect(await activeManifest(node)).toEqual(before)
  await server.put({ 'repaired/tampered.ndb': aSignature('Test.Repaired') })
  await server.ended('repaired/tampered.ndb')
  expect((await pullOnce(node)).exitCode).toBe(0)
  expect((await activeManifest(node))?.generation).toBe((await server.catalog()).generation)
})

test('rejects a certificate of another authority, and reads a changed CA file without a restart', async () => {
  const stranger = await createAuthority('stranger')
  const caFile = join(folder, 'ca-that-changes.crt')
  await copyFile(stranger.caFile, caFile)
  const node = await makeNode('authority', server.url, { SIGNATURE_SERVER_CA_FILE: caFile })
  await using puller = runBuilt('puller', node.env)
  await puller.wrote('signature server unavailable and no active generation; retrying')
  expect(await activeManifest(node)).toBeUndefined()
  await writeFile(caFile, `${await readFile(stranger.caFile)}${await readFile(authority.caFile)}`)
  await puller.wrote('"kind":"switched"')
  expect((await activeManifest(node))?.generation).toBe((await server.catalog()).generation)
  await rm(stranger.folder, { recursive: true })
})

test('rejects a generation that fails the test load, does not fetch it again, and keeps the active one', async () => {
  const volume = join(folder, 'bad-volume')
  const generation = '20261121T000000Z-bad'
  const home = join(volume, 'generations', generation)
  for (const kind of ['clamav', 'yara']) await mkdir(join(home, kind), { recursive: true })
  const bad = 'this is no signature\n'
  await writeFile(join(home, 'clamav', 'bad.ndb'), bad)
  const file = { path: 'clamav/bad.ndb', sizeBytes: bad.length, sha256: createHash('sha256').update(bad).digest('hex') }
  await writeFile(join(home, 'manifest.json'), JSON.stringify({ generation, builtAt: '2026-11-21T00:00:00.000Z', files: [file] }))
  await symlink(`generations/${generation}`, join(volume, 'current'))
  await using badServer = await startServer({ folder, authority, volume })
  const node = await makeNode('refuses', badServer.url)
  await pullOnce({ ...node, env: { ...node.env, SIGNATURE_SERVER_URL: server.url } })
  const before = await activeManifest(node)
  await using puller = runBuilt('puller', { ...node.env, PROBE_PORT: String(await freePort()), PULL_INTERVAL_SECONDS: '1' })
  await puller.wrote('bad.ndb')
  await puller.wrote('this node has rejected the generation')
  expect(await activeManifest(node)).toEqual(before)
  expect((await badServer.get('/metrics')).body.toString()).toMatch(/requests_total\{route="file",status="200"\} 1\n/)
  expect(await readdir(join(node.signatures, 'generations'))).toEqual([before?.generation])
})

test('waits 20 s for the server on a node without signatures, then activates the starter set', async () => {
  expect(await withoutServer.exit()).toBe(0)
  expect(withoutServer.output()).toContain('using the starter set')
  const manifest = (await readCurrentManifest(join(folder, 'lonely', 'signatures')))?.manifest
  expect(manifest?.files.map(({ path }) => path)).toContain('clamav/guardimesh-starter.ndb')
  const node = await makeNode('lonely', server.url, { SIGNATURES_SOURCE_FOLDER: STARTER_SET })
  const before = await readlink(join(node.signatures, 'current'))
  expect((await pullOnce(node)).exitCode).toBe(0)
  expect((await activeManifest(node))?.generation).toBe((await server.catalog()).generation)
  expect(await readlink(join(node.signatures, 'current'))).not.toBe(before)
}, 90_000)

async function get(port: number, path: string): Promise<string> {
  const [response] = await once(request({ host: '127.0.0.1', port, path, agent: false }).end(), 'response')
  let body = ''
  for await (const chunk of response) body += chunk
  return body
}
