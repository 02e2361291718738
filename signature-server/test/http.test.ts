import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { connect } from 'node:net'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aSignature, writeStarterSet } from './databases.js'
import { type RunningServer, startServer } from './running-server.js'

/** Exceeds the socket buffers, so that a test can stall a download. */
const LARGE = Array.from(
  { length: 200_000 },
  (_, n) => `${createHash('md5').update(`${n}`).digest('hex')}:${n + 1}:Test.Large.${n}\n`,
).join('')

let folder: string
let server: RunningServer
let url: string
let sha256: string

beforeAll(async () => {
  folder = await temporaryFolder('signature-http')
  await writeStarterSet(folder)
  server = await startServer({ folder })
  await server.put({ 'large.hdb': LARGE })
  await server.ended('large.hdb')
  const { generation, files } = await server.catalog()
  url = `/v1/generations/${generation}/clamav/large.hdb`
  sha256 = files.find(({ path }) => path === 'clamav/large.hdb')?.sha256 ?? ''
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

test('sends an ETag for the catalogue and 304 if it is unchanged', async () => {
  const first = await server.get('/v1/catalog')
  expect(first).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/json', etag: expect.stringMatching(/^"\d{8}T\d{6}Z-/) },
  })
  expect(await server.get('/v1/catalog', { 'if-none-match': String(first.headers.etag) })).toMatchObject({
    status: 304,
    body: Buffer.alloc(0),
  })
  expect((await server.get('/v1/catalog', { 'if-none-match': '"another"' })).status).toBe(200)
})

test('sends a file with its SHA-256 as ETag, cacheable forever', async () => {
  const { status, headers, body } = await server.get(url)
  expect({ status, headers }).toMatchObject({
    status: 200,
    headers: {
      etag: `"${sha256}"`,
      'accept-ranges': 'bytes',
      'content-length': String(LARGE.length),
      'cache-control': expect.stringContaining('immutable'),
    },
  })
  expect(createHash('sha256').update(body).digest('hex')).toBe(sha256)
  expect((await server.get(url, { 'if-none-match': `"${sha256}"` })).status).toBe(304)
})

test('responds to HEAD with the same headers and no body', async () => {
  const { status, headers, body } = await server.get(url, {}, 'HEAD')
  expect({ status, length: headers['content-length'], body: body.length }).toEqual({ status: 200, length: String(LARGE.length), body: 0 })
})

test.each([
  { range: 'bytes=10-19', status: 206, from: 10, to: 20 },
  { range: `bytes=${LARGE.length - 5}-`, status: 206, from: LARGE.length - 5, to: LARGE.length },
  { range: 'bytes=-7', status: 206, from: LARGE.length - 7, to: LARGE.length },
  { range: 'bytes=0-3,8-9', status: 200, from: 0, to: LARGE.length },
])('serves the range $range', async ({ range, status, from, to }) => {
  const answer = await server.get(url, { range })
  expect(answer.status).toBe(status)
  expect(answer.body.equals(Buffer.from(LARGE.slice(from, to)))).toBe(true)
  if (status === 206) expect(answer.headers['content-range']).toBe(`bytes ${from}-${to - 1}/${LARGE.length}`)
})

test('responds with 416 to a range after the end, and with the full file if If-Range does not match', async () => {
  expect(await server.get(url, { range: `bytes=${LARGE.length}-` })).toMatchObject({
    status: 416,
    headers: { 'content-range': `bytes */${LARGE.length}` },
  })
  expect((await server.get(url, { range: 'bytes=1-2', 'if-range': '"another"' })).status).toBe(200)
  expect((await server.get(url, { range: 'bytes=1-2', 'if-range': `"${sha256}"` })).status).toBe(206)
})

test.each([
  '/',
  '/v1/generations',
  '/v1/generations/none/clamav/large.hdb',
  '/v1/generations/../current/clamav/large.hdb',
  '/v1/generations/GEN/clamav/../../../state.json',
  '/v1/generations/GEN/clamav/..%2f..%2f..%2fstate.json',
  '/v1/generations/GEN/manifest.json',
  '/v1/generations/GEN/clamav/none.ndb',
  '/v1/generations/GEN/clamav//etc/passwd',
])('responds with 404 to %s', async (path) => {
  const { generation } = await server.catalog()
  const { status, headers, body } = await server.get(path.replace('GEN', generation))
  expect({ status, type: headers['content-type'] }).toEqual({ status: 404, type: 'application/problem+json' })
  expect(JSON.parse(body.toString())).toMatchObject({ code: 'ROUTE_NOT_FOUND' })
})

test.each([
  { method: 'POST', path: '/v1/catalog', allow: 'GET, HEAD' },
  { method: 'DELETE', path: '/v1/custom', allow: 'GET, HEAD, PUT' },
  { method: 'GET', path: '/v1/rollback', allow: 'POST' },
])('responds with 405 to $method $path', async ({ method, path, allow }) => {
  expect(await server.get(path, {}, method)).toMatchObject({ status: 405, headers: { allow } })
})

test('serves status, probes and metrics', async () => {
  const status = await server.status()
  expect(status.generations.map(({ isActive }) => isActive)).toEqual([true, false])
  expect(status.imports).toMatchObject([
    { files: ['large.hdb'], state: 'published', generation: status.activeGeneration },
    { files: ['clamav/starter.ndb', 'yara/starter.yar'], state: 'published', importedBy: 'starter set' },
  ])
  expect(status.generations[0]?.databases.find(({ path }) => path === 'clamav/large.hdb')).toMatchObject({ signatures: 200_000, sha256 })
  expect((await server.get('/livez')).status).toBe(200)
  expect((await server.get('/readyz')).status).toBe(200)
  const metrics = (await server.get('/metrics')).body.toString()
  expect(metrics).toContain(`guardimesh_signature_server_generation_info{generation="${status.activeGeneration}"} 1`)
  expect(metrics).toContain('guardimesh_signature_server_imports_total{outcome="published"} 2')
  expect(metrics).toContain('guardimesh_tls_certificate_expiry_timestamp_seconds')
  expect(metrics).not.toContain('none.ndb')
})

test('rejects plain HTTP on the TLS port', async () => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.end('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n')
  let answer = ''
  for await (const chunk of socket) answer += chunk
  expect(answer).not.toContain('200 OK')
})

test('finishes the download of a removed generation, and responds with 503 above the limits of downloads', async () => {
  await using small = await startServer({ folder, volume: `${folder}/small`, env: { MAX_DOWNLOADS: '2' } })
  await small.put({ 'large.hdb': LARGE })
  const { generation } = await small.ended('large.hdb')
  const path = `/v1/generations/${generation}/clamav/large.hdb`
  const held = await answerOf(small, path)
  expect(held.statusCode).toBe(200)
  expect(await small.get(path)).toMatchObject({ status: 503, headers: { 'retry-after': '2' } })
  const other = await answerOf(small, path, '127.0.0.2')
  expect(other.statusCode).toBe(200)
  expect((await answerOf(small, path, '127.0.0.3')).statusCode).toBe(503)
  other.destroy()
  for (let n = 0; n < 6; n += 1) {
    await small.put({ [`drop-${n}.ndb`]: aSignature(`Test.Drop.${n}`) })
    await small.ended(`drop-${n}.ndb`)
  }
  await vi.waitFor(async () => expect((await small.status()).generations.map((one) => one.generation)).not.toContain(generation))
  expect((await small.get(path)).status).toBe(404)
  const hash = createHash('sha256')
  for await (const chunk of held) hash.update(chunk)
  expect(hash.digest('hex')).toBe(sha256)
})

/** Starts a request without reading the response. */
async function answerOf({ url: origin, caFile }: RunningServer, path: string, localAddress = '127.0.0.1'): Promise<IncomingMessage> {
  const outgoing = request(`${origin}${path}`, { ca: readFileSync(caFile), agent: false, localAddress }).end()
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  return answer
}
