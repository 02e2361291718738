import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type CustomSignatures,
  DEFAULT_SCAN_CONFIG,
  type FindingPage,
  type FindingView,
  type ImportStarted,
  type SightingList,
  type SignaturesView,
} from '@guardimesh/contracts'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { request, waitFor } from '../../backend/test/client.js'
import { startTestApi, type TestApi } from '../../backend/test/harness.js'
import { activateGeneration, textSignature } from '../../scanner/test/scanner/generation.fixture.js'
import { startNode } from '../../scanner/test/scanner/running-scanner.js'
import { writeStarterSet } from '../../signature-server/test/databases.js'
import { type RunningServer, startServer } from '../../signature-server/test/running-server.js'

const CONTENT = 'a-program-that-ran-and-removed-itself'
const MD5 = createHash('md5').update(`${CONTENT}\n`).digest('hex')
const WORKER = fileURLToPath(new URL('../../backend/dist/worker.js', import.meta.url))
const TIMEOUT_MS = 60_000
let folder: string
let server: RunningServer
let api: TestApi
let key: string
let node: Awaited<ReturnType<typeof startNode>> | undefined

/** Starts a real backend, a real signature server, and a real node that does not pull signatures from it. */
beforeAll(async () => {
  folder = await temporaryFolder('md5-in-history')
  await writeStarterSet(folder)
  server = await startServer({ folder })
  const signatureServer = { url: new URL(server.url), caFile: server.caFile, managementKeyFile: join(folder, 'management-key') }
  api = await startTestApi({ config: { signatureServer } })
  key = await api.createKey('console:read')
  const json = { ...DEFAULT_SCAN_CONFIG, features: { ...DEFAULT_SCAN_CONFIG.features, obfuscation: false } }
  expect(await request(api, 'PUT', '/api/scan/config', { session: await api.login(), json })).toMatchObject({ status: 200 })
  const signatures = async (of: string) => {
    await activateGeneration(of, '20261120-1', textSignature('Test.Trojan.Known', 'known-malware'))
    return join(of, 'current', 'clamav')
  }
  node = await startNode({ signatures, backend: { url: api.url, apiKey: await api.createKey('ingestion') } })
}, 120_000)
afterAll(async () => {
  await node?.stop()
  await api.close()
  await server[Symbol.asyncDispose]()
  if (node) await rm(node.folder, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
})

const read = async <Body>(path: string) => (await request<Body>(api, 'GET', path, { key })).body

async function startWorker(): Promise<() => Promise<void>> {
  const url = new URL(api.config.databaseUrl)
  const passwordFile = join(folder, 'database-password')
  await writeFile(passwordFile, decodeURIComponent(url.password))
  url.password = ''
  const env = {
    DATABASE_URL: url.href,
    DATABASE_PASSWORD_FILE: passwordFile,
    ENCRYPTION_KEY_FILE: api.encryptionKeyFile,
    PROBE_SOCKET: join(folder, 'worker.sock'),
  }
  const child = spawn(process.execPath, [WORKER], { env, stdio: 'ignore' })
  const ended = once(child, 'close')
  return async () => {
    child.kill('SIGTERM')
    await ended
  }
}

test('reports an earlier, deleted file without a scan after its MD5 is added as a custom hash', async () => {
  if (!node) throw new Error('the node was not started')
  const pod = await node.containerd.runPod({ name: 'web', namespace: 'shop' })
  await pod.exec(['/bin/sh', '-c', `echo ${CONTENT} > /tmp/dropper`])
  const { items } = await waitFor(async () => {
    const list = await read<SightingList>(`/api/sightings?md5=${MD5}`)
    return list.total > 0 ? list : undefined
  }, TIMEOUT_MS)
  expect(items).toMatchObject([{ path: '/tmp/dropper', podName: 'web', cleanGeneration: '20261120-1' }])
  await pod.exec(['/bin/rm', '/tmp/dropper'])
  const session = await api.login()
  const change = <Body>(method: string, path: string, json: unknown) =>
    request<Body>(api, method, `/api/signatures/${path}`, { session, json })
  expect((await change('POST', 'dry-run', { hashes: [MD5] })).body).toMatchObject({ matches: [{ hash: MD5, sightings: 1 }] })
  await waitFor(async () => (await read<SignaturesView>('/api/signatures')).server?.activeGeneration || undefined, TIMEOUT_MS)
  const { body: custom } = await request<CustomSignatures>(api, 'GET', '/api/signatures/custom', { session })
  const stopWorker = await startWorker()
  try {
    const hashes = [{ hash: MD5, name: 'Ioc.Dropper' }]
    expect(await change<ImportStarted>('PUT', 'custom', { ...custom, hashes })).toMatchObject({ status: 202 })
    const [found] = await waitFor(async () => {
      const page = await read<FindingPage>('/api/findings?source=retro_hunt')
      return page.items.length > 0 ? page.items : undefined
    }, TIMEOUT_MS)
    expect(await read<FindingView>(`/api/findings/${found?.findingId}`)).toMatchObject({
      signatureName: 'Ioc.Dropper',
      path: '/tmp/dropper',
      containerId: pod.containerId,
      engine: 'hash',
      sha256: createHash('sha256').update(`${CONTENT}\n`).digest('hex'),
      seen: { isLate: true, cleanGeneration: '20261120-1', containers: 1 },
    })
  } finally {
    await stopWorker()
  }
}, 180_000)
