import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import type {
  CustomSignatures,
  ImportStarted,
  Problem,
  SignatureImport,
  SignatureServerStatus,
  SignaturesView,
} from '@guardimesh/contracts'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSignature, writeStarterSet } from '../../signature-server/test/databases.js'
import { type RunningServer, startServer } from '../../signature-server/test/running-server.js'
import type { SignatureServerAddress } from '../src/config/signature-server-config.js'
import { createApi } from '../src/create-app.js'
import { captureLog } from './captured-log.js'
import { request, waitFor } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'
import { TusClient } from './tus-client.js'

/** An import runs sigtool and clamscan, which is slow on a busy machine. */
const IMPORT_TIMEOUT_MS = 50_000
const UPLOADS = '/api/signatures/uploads'
let folder: string
let server: RunningServer
let address: SignatureServerAddress
let api: TestApi
let session: TestSession
let key: string

beforeAll(async () => {
  folder = await temporaryFolder('signature-changes')
  await writeStarterSet(folder)
  server = await startServer({ folder })
  address = { url: new URL(server.url), caFile: server.caFile, managementKeyFile: join(folder, 'management-key') }
  api = await startTestApi({ config: { signatureServer: address } })
  session = await api.login()
  key = await api.createKey('signatures:write')
  await api.query(`UPDATE api_keys SET label = 'Nightly – job' WHERE scopes = '{signatures:write}'`)
  await waitFor(async () => Boolean((await view()).server?.activeGeneration) || undefined, IMPORT_TIMEOUT_MS)
})
afterAll(async () => {
  await api.close()
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const view = async () => (await request<SignaturesView>(api, 'GET', '/api/signatures', { key })).body
const change = <Body = Problem>(method: string, path: string, json: unknown) =>
  request<Body>(api, method, `/api/signatures/${path}`, { session, json })

function ended(isIt: (one: SignatureImport) => boolean): Promise<SignatureImport> {
  return waitFor(async () => (await view()).server?.imports.find((one) => one.endedAt !== null && isIt(one)), IMPORT_TIMEOUT_MS)
}

async function audited(action: string): Promise<{ actor: string; target: string; details: Record<string, unknown> }[]> {
  return api.query('SELECT actor_name AS actor, target, details FROM audit_log WHERE action = $1 ORDER BY audit_id', [action])
}

/** Exceeds the limit of JSON bodies. */
const aLargeDatabase = (name: string) => Buffer.from(Array.from({ length: 4000 }, (_, index) => aSignature(`${name}.${index}`)).join(''))

test('reports that changes are possible if a management key is configured', async () => {
  expect(await view()).toMatchObject({ state: 'reachable', canChange: true })
})

test('uploads a database in chunks, imports it and records both in the audit log', async () => {
  const tus = new TusClient(api, { ...session })
  const content = aLargeDatabase('Test.Pieces')
  const half = content.length >> 1
  const made = await tus.create('pieces.ndb', content)
  expect(made.status).toBe(201)
  const location = made.headers.get('location') ?? ''
  expect(location).toMatch(/^\/api\/signatures\/uploads\/[0-9a-f]{32}$/)
  const piece = await tus.append(location, 0, content.subarray(0, half))
  expect([piece.status, piece.headers.get('upload-offset')]).toEqual([204, String(half)])
  expect(await tus.offsetOf(location)).toBe(half)
  expect((await tus.append(location, 1, content.subarray(1))).status).toBe(409)
  expect((await tus.append(location, half, content.subarray(half))).status).toBe(204)
  const uploadId = location.split('/').at(-1) ?? ''
  const { status, body } = await change<ImportStarted>('POST', 'imports', { uploadIds: [uploadId] })
  expect(status).toBe(202)
  expect(await ended(({ importId }) => importId === body.importId)).toMatchObject({
    state: 'published',
    source: 'upload',
    importedBy: 'admin@example.org',
    files: ['pieces.ndb'],
  })
  const actor = 'admin@example.org'
  expect(await audited('signatures.upload')).toEqual([{ actor, target: uploadId, details: {} }])
  expect(await audited('signatures.import')).toEqual([
    { actor, target: body.importId, details: { uploadIds: [uploadId], remove: [], allowOlder: false } },
  ])
})

test('imports databases with an API key, whose label is converted to ASCII', async () => {
  const tus = new TusClient(api, { authorization: `Bearer ${key}` })
  const uploadId = await tus.upload('nightly.ndb', Buffer.from(aSignature('Test.Nightly')))
  const { body } = await request<ImportStarted>(api, 'POST', '/api/signatures/imports', { key, json: { uploadIds: [uploadId] } })
  expect(await ended(({ importId }) => importId === body.importId)).toMatchObject({ state: 'published', importedBy: 'Nightly ? job' })
  expect((await audited('signatures.import')).at(-1)).toMatchObject({ actor: 'Nightly – job', target: body.importId })
})

test('resumes an interrupted upload', async () => {
  const tus = new TusClient(api, { ...session })
  const content = aLargeDatabase('Test.Broken')
  const half = content.length >> 1
  const location = (await tus.create('broken.ndb', content)).headers.get('location') ?? ''
  const headers = { ...session, 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  const broken = httpRequest(`${api.url}${location}`, { method: 'PATCH', headers: { ...headers, 'content-length': content.length } })
  broken.on('error', () => undefined)
  broken.write(content.subarray(0, half))
  await waitFor(async () => (await tus.offsetOf(location)) === half || undefined, IMPORT_TIMEOUT_MS)
  broken.destroy()
  // The server stores the received bytes and releases the upload when its request ends.
  const rest = () => tus.append(location, half, content.subarray(half))
  expect(await waitFor(async () => (await rest()).status === 204 || undefined, IMPORT_TIMEOUT_MS)).toBe(true)
  expect(await tus.offsetOf(location)).toBe(content.length)
})

test('deletes an upload', async () => {
  const tus = new TusClient(api, { ...session })
  const location = (await tus.create('gone.ndb', Buffer.from(aSignature('Test.Gone')))).headers.get('location') ?? ''
  expect((await tus.send('DELETE', location)).status).toBe(204)
  expect((await tus.send('HEAD', location)).status).toBe(404)
  expect((await audited('signatures.delete-upload')).at(-1)).toMatchObject({ target: location.split('/').at(-1) })
})

test('returns the upload capabilities of the server', async () => {
  const { status, headers } = await new TusClient(api, { ...session }).send('OPTIONS', UPLOADS)
  expect(status).toBe(204)
  expect(headers.get('tus-extension')).toContain('creation')
  expect(headers.get('tus-version')).toBe('1.0.0')
})

test('forwards errors of the server', async () => {
  const refused = await new TusClient(api, { ...session }).create('evil.exe', Buffer.from('MZ'))
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('evil.exe is not a valid name of a signature file')
})

test('rejects uploads from another site', async () => {
  const tus = new TusClient(api, { cookie: session.cookie, origin: 'https://evil.example' })
  for (const answer of [await tus.create('a.ndb', Buffer.from('x')), await tus.append(`${UPLOADS}/${'0'.repeat(32)}`, 0, Buffer.from('x'))])
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([403, 'ORIGIN_REFUSED'])
})

test('rejects upload chunks on other routes', async () => {
  const headers = { 'content-type': 'application/offset+octet-stream' }
  const answer = await new TusClient(api, { ...session }).send('POST', '/api/signatures/imports', headers, Buffer.from('{}'))
  expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED'])
})

test.each([
  { method: 'POST', path: 'imports', json: { uploadIds: ['0'.repeat(32)] }, status: 404, code: 'UPLOAD_NOT_FOUND' },
  { method: 'POST', path: 'roll-out', json: { action: 'promote', generation: 'none' }, status: 412, code: 'SIGNATURES_CHANGED' },
  { method: 'POST', path: 'rollback', json: { generation: 'none' }, status: 404, code: 'GENERATION_NOT_FOUND' },
  { method: 'PUT', path: 'custom', json: { revision: 9999 }, status: 412, code: 'SIGNATURES_CHANGED' },
  { method: 'PUT', path: 'settings', json: { canary: { percent: 101 } }, status: 400, code: 'BODY_INVALID' },
])('rejects $method $path with $code without an audit entry', async ({ method, path, json, status, code }) => {
  const before = await api.query('SELECT count(*) FROM audit_log')
  expect(await change(method, path, json)).toMatchObject({ status, body: { code, detail: expect.stringMatching(/.{20}/) } })
  expect(await api.query('SELECT count(*) FROM audit_log')).toEqual(before)
})

test('rejects an invalid upload id without a request to the server', async () => {
  const answer = await new TusClient(api, { ...session }).send('DELETE', `${UPLOADS}/..%2fimports`)
  expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([404, 'UPLOAD_NOT_FOUND'])
})

test('replaces settings and returns them immediately', async () => {
  await view()
  const json = { canary: { nodes: ['canary-1'], percent: 0, soakMinutes: 1, holdAfterDetections: 2 }, pinned: true }
  const { status, body } = await change<SignatureServerStatus>('PUT', 'settings', json)
  expect([status, body.settings]).toMatchObject([200, json])
  expect((await view()).server?.settings).toMatchObject(json)
  expect((await audited('signatures.settings')).at(-1)).toMatchObject({ details: { after: json } })
  expect((await change('PUT', 'settings', {})).status).toBe(200)
})

test('replaces many custom hashes based on the active revision', async () => {
  const read = async () => (await request<CustomSignatures>(api, 'GET', '/api/signatures/custom', { session })).body
  const before = await read()
  const hash = (index: number) => createHash('sha256').update(String(index)).digest('hex')
  const hashes = Array.from({ length: 3000 }, (_, index) => ({ hash: hash(index), name: `Test.Ioc-${index}`, reason: 'a reason' }))
  const { status, body } = await change<ImportStarted>('PUT', 'custom', { revision: before.revision, hashes })
  expect(status).toBe(202)
  // The backend matches them against sightings before any node has loaded them.
  expect(await api.query('SELECT added_by, count(*) AS hashes FROM hunted_hashes GROUP BY added_by')).toEqual([
    { added_by: 'admin@example.org', hashes: 3000 },
  ])
  expect(await api.query(`SELECT task_identifier FROM graphile_worker.jobs`)).toEqual([{ task_identifier: 'hunt-hashes' }])
  expect(await ended(({ importId }) => importId === body.importId)).toMatchObject({ state: 'published', source: 'change' })
  const after = await read()
  expect(after.hashes).toHaveLength(3000)
  expect(after.hashes[0]).toMatchObject({ name: 'Test.Ioc-0', addedBy: 'admin@example.org' })
  expect((await change('PUT', 'custom', { revision: before.revision })).body).toMatchObject({ code: 'SIGNATURES_CHANGED' })
  expect(await audited('signatures.custom')).toEqual([
    {
      actor: 'admin@example.org',
      target: body.importId,
      details: { madeFromRevision: before.revision, ignoredSignatures: 0, ignoredFiles: 0, hashes: 3000, rules: 0 },
    },
  ])
})

test('rolls back to the previous generation and records the reason', async () => {
  const live = (await view()).server?.activeGeneration
  const { status, body } = await change<SignatureServerStatus>('POST', 'rollback', { reason: 'too many findings' })
  expect(status).toBe(200)
  expect(body.activeGeneration).not.toBe(live)
  expect((await view()).server?.activeGeneration).toBe(body.activeGeneration)
  expect(await audited('signatures.roll-back')).toMatchObject([{ target: body.activeGeneration, details: { reason: 'too many findings' } }])
})

test.each<{ name: string; address: () => Promise<SignatureServerAddress | undefined>; expectedText: RegExp }>([
  { name: 'no signature server is configured', address: async () => undefined, expectedText: /no signature server is configured/ },
  {
    name: 'the key is missing',
    address: async () => ({ ...address, managementKeyFile: undefined }),
    expectedText: /set SIGNATURE_SERVER_MANAGEMENT_KEY_FILE/,
  },
  {
    name: 'the key is wrong',
    address: async () => {
      const managementKeyFile = join(folder, 'other-key')
      await writeFile(managementKeyFile, 'another\n')
      return { ...address, managementKeyFile }
    },
    expectedText: /rejected the backend's management key/,
  },
  {
    name: 'the key file was deleted',
    address: async () => ({ ...address, managementKeyFile: join(folder, 'missing') }),
    expectedText: /cannot be read/,
  },
  {
    name: 'the port is closed',
    address: async () => ({ ...address, url: new URL('https://127.0.0.1:1') }),
    expectedText: /is unreachable|ECONNREFUSED/,
  },
])('returns SIGNATURE_SERVER_UNAVAILABLE for changes and uploads if $name', async ({ address: give, expectedText }) => {
  const replica = await createApi({ ...api.config, signatureServer: await give() }, captureLog().log)
  try {
    const url = await replica.listen('127.0.0.1', 0)
    const changed = await request({ url }, 'POST', '/api/signatures/rollback', { session, json: {} })
    const created = await new TusClient({ url }, { ...session }).create('a.ndb', Buffer.from('x'))
    expect([changed.status, created.status]).toEqual([503, 503])
    for (const problem of [changed.body, (await created.json()) as Problem]) {
      expect(problem.code).toBe('SIGNATURE_SERVER_UNAVAILABLE')
      expect(problem.detail).toMatch(expectedText)
    }
    expect(changed.headers.get('retry-after')).not.toBeNull()
  } finally {
    await replica.close()
  }
})
