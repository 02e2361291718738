import { createHash, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { CATALOG_SIGNATURE_HEADER, SignatureCatalog } from '@guardimesh/contracts'
import { isCatalogSignedBy } from '@guardimesh/signature-format'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Answer, type RunningServer, startServer } from './running-server.js'
import { aGeneration, writeVolume } from './stored-volume.js'

const DELTA = { path: 'deltas/ours.script', content: Buffer.from('a delta'), target: 'clamav/ours.ndb', from: 'a'.repeat(64) }
const LOST = { ...DELTA, path: 'deltas/lost.script' }
const { publicKey, privateKey } = generateKeyPairSync('ed25519')

let folder: string
let server: RunningServer

beforeAll(async () => {
  folder = await temporaryFolder('signature-catalog')
  const volume = join(folder, 'volume')
  await writeVolume(volume, [aGeneration('g1'), { ...aGeneration('g2'), deltas: [DELTA, LOST] }])
  await rm(join(volume, 'generations/g2', LOST.path))
  const keyFile = join(folder, 'catalog.key')
  await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  server = await startServer({ folder, env: { CATALOG_KEY_FILE: keyFile } })
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

const catalogOf = ({ body }: Answer) => SignatureCatalog.parse(JSON.parse(body.toString()))
const etagOf = (answer: Answer) => String(answer.headers.etag)
const rollBackTo = async (generation: string) => expect((await server.send('POST', '/v1/rollback', { generation })).status).toBe(200)
const waitingCount = async () => Number(/waiting_requests (\d+)/.exec((await server.get('/metrics')).body.toString())?.[1])
const isWaiting = (count: number) => vi.waitFor(async () => expect(await waitingCount()).toBe(count), { timeout: 30_000, interval: 30 })

test('signs the catalogue and lists deltas with existing files only', async () => {
  const answer = await server.get('/v1/catalog?node=node-1&generation=g1')
  const signature = String(answer.headers[CATALOG_SIGNATURE_HEADER])
  expect(isCatalogSignedBy(answer.body, signature, publicKey)).toBe(true)
  expect(isCatalogSignedBy(Buffer.concat([answer.body, Buffer.from(' ')]), signature, publicKey)).toBe(false)
  const catalog = catalogOf(answer)
  expect(catalog).toMatchObject({ generation: 'g2', deltas: [{ path: DELTA.path, fromContentSha256: DELTA.from }] })
  expect(catalog.sequence).toBeGreaterThan(Date.now() - 600_000)
})

test('serves deltas like files of the generation', async () => {
  const path = `/v1/generations/g2/${DELTA.path}`
  const sha256 = createHash('sha256').update(DELTA.content).digest('hex')
  expect(await server.get(path)).toMatchObject({ status: 200, body: DELTA.content, headers: { etag: `"${sha256}"` } })
  expect(await server.get(path, { range: 'bytes=2-' })).toMatchObject({ status: 206, body: DELTA.content.subarray(2) })
  expect((await server.get(`/v1/generations/g2/${LOST.path}`)).status).toBe(404)
  expect((await server.get('/v1/generations/g1/deltas/ours.script')).status).toBe(404)
})

test('tracks nodes with their active generation and rejects invalid names', async () => {
  await server.get('/v1/catalog?node=node-1&generation=g1')
  await server.get('/v1/catalog?node=node-2')
  expect((await server.status()).nodes).toMatchObject([
    { name: 'node-1', generation: 'g1' },
    { name: 'node-2', generation: '' },
  ])
  for (const query of ['node=../etc', 'node=', `node=${'x'.repeat(254)}`, 'node=a&generation=../x']) {
    const { status, body } = await server.get(`/v1/catalog?${query}`)
    expect({ query, status, code: JSON.parse(body.toString()).code }).toEqual({ query, status: 400, code: 'QUERY_INVALID' })
  }
})

test('waits for the requested time without a change and confirms it in a header', async () => {
  const etag = etagOf(await server.get('/v1/catalog'))
  expect((await server.get('/v1/catalog', { 'if-none-match': etag })).headers['preference-applied']).toBeUndefined()
  const startedMs = performance.now()
  const answer = await server.get('/v1/catalog', { 'if-none-match': etag, prefer: 'respond-async, wait=1' })
  expect(performance.now() - startedMs).toBeGreaterThan(990)
  expect(answer).toMatchObject({ status: 304, headers: { 'preference-applied': 'wait=1', etag } })
})

test('responds immediately if the client has another catalogue', async () => {
  const answer = await server.get('/v1/catalog', { 'if-none-match': '"other"', prefer: 'wait=300' })
  expect(answer.status).toBe(200)
  expect(answer.headers['preference-applied']).toBeUndefined()
})

test('notifies 300 waiting nodes of another generation, spread over about a second', async () => {
  const etag = etagOf(await server.get('/v1/catalog'))
  const agent = new Agent({ ca: readFileSync(server.caFile), maxSockets: 400 })
  const ask = (n: number) =>
    new Promise<{ generation: string; atMs: number }>((resolve, reject) => {
      const headers = { 'if-none-match': etag, prefer: 'wait=120' }
      const outgoing = request(`${server.url}/v1/catalog?node=many-${n}`, { agent, headers }, (answer) => {
        const atMs = performance.now()
        buffer(answer).then((body) => resolve({ generation: JSON.parse(body.toString()).generation, atMs }), reject)
      })
      outgoing.on('error', reject).end()
    })
  const answers = Array.from({ length: 300 }, (_, n) => ask(n))
  await isWaiting(300)
  await rollBackTo('g1')
  const decidedMs = performance.now()
  const notified = await Promise.all(answers)
  expect(new Set(notified.map(({ generation }) => generation))).toEqual(new Set(['g1']))
  const times = notified.map(({ atMs }) => atMs - decidedMs).sort((one, other) => one - other)
  // All clients run in this process, which reads the responses sequentially.
  expect(times.at(-1)).toBeLessThan(5000)
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(200)
  await isWaiting(0)
  agent.destroy()
})

test('notifies only canary nodes of a rollout', async () => {
  await rollBackTo('g2')
  const etag = etagOf(await server.get('/v1/catalog'))
  const ask = (node: string) => server.get(`/v1/catalog?node=${node}`, { 'if-none-match': etag, prefer: 'wait=120' })
  const settings = (over: object) => server.send('PUT', '/v1/settings', { canary: { nodes: ['node-1'], percent: 0 }, ...over })
  await settings({})
  const [canary, other] = [ask('node-1'), ask('node-2')]
  await isWaiting(2)
  await server.put({ 'fresh.ndb': 'Test.Fresh:0:*:6672657368206f6e6c79\n' })
  const fresh = catalogOf(await canary)
  expect(fresh.files.map(({ path }) => path)).toContain('clamav/fresh.ndb')
  await isWaiting(1)
  expect((await server.send('POST', '/v1/roll-out', { action: 'promote', generation: fresh.generation })).status).toBe(200)
  expect(catalogOf(await other).generation).toBe(fresh.generation)
})

test('removes disconnected clients and responds to waiting ones at shutdown', async () => {
  const etag = etagOf(await server.get('/v1/catalog'))
  const headers = { 'if-none-match': etag, prefer: 'wait=300' }
  const gone = request(`${server.url}/v1/catalog`, { ca: readFileSync(server.caFile), headers, agent: false })
  gone.on('error', () => undefined).end()
  await isWaiting(1)
  gone.destroy()
  await isWaiting(0)
  const left = server.get('/v1/catalog', headers)
  await isWaiting(1)
  expect(await server.end('SIGTERM')).toBe(0)
  expect(await left).toMatchObject({ status: 304, headers: { connection: 'close' } })
})

test('restores known nodes after a restart and rejects an invalid catalogue key', async () => {
  await using again = await startServer({ folder })
  expect((await again.status()).nodes.map(({ name }) => name)).toContain('node-1')
  expect((await again.get('/v1/catalog')).headers[CATALOG_SIGNATURE_HEADER]).toBeUndefined()
  const wrong = join(folder, 'wrong.key')
  await writeFile(wrong, 'no key')
  await expect(startServer({ folder, env: { CATALOG_KEY_FILE: wrong } })).rejects.toThrow(/invalid catalogue key .*wrong\.key/)
})
