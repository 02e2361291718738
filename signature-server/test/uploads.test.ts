import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { join } from 'node:path'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aSignature } from './databases.js'
import { type Answer, MANAGEMENT_KEY, type RunningServer, startServer } from './running-server.js'
import { aGeneration, writeVolume } from './stored-volume.js'

const TUS = { 'tus-resumable': '1.0.0' }
const SMALL = Buffer.from(aSignature('Test.Uploaded'))

let folder: string
let authority: TestAuthority
let server: RunningServer

beforeAll(async () => {
  folder = await temporaryFolder('signature-uploads')
  authority = await createAuthority('uploads')
  server = await startOn('volume')
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
  await rm(authority.folder, { recursive: true, force: true })
})

async function startOn(name: string): Promise<RunningServer> {
  const volume = join(folder, name)
  await writeVolume(volume, [aGeneration('g1')])
  return startServer({ folder, authority, volume })
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const lines = (count: number) =>
  Buffer.from(Array.from({ length: count }, (_, n) => `${createHash('md5').update(`${n}`).digest('hex')}:${n + 1}:Test.Up.${n}\n`).join(''))

interface UploadedFile {
  readonly filename: string
  readonly kind?: string
  readonly sha256?: string
}

function metadataOf(file: UploadedFile): string {
  const entries = Object.entries({ kind: 'clamav', ...file })
  return entries.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
}

/** Sends a request of the tus protocol; `breakAfter` sends only the first bytes of the body. */
function tus(
  to: RunningServer,
  method: string,
  path: string,
  options: { headers?: object; body?: Buffer; breakAfter?: number } = {},
): Promise<Answer> {
  const { headers = {}, body, breakAfter } = options
  return new Promise((resolve, reject) => {
    const all = { ...TUS, authorization: `Bearer ${MANAGEMENT_KEY}`, ...headers, ...(body ? { 'content-length': body.length } : {}) }
    const outgoing = request(`${to.url}${path}`, { method, headers: all, ca: readFileSync(to.caFile), agent: false }, async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) })
    })
    outgoing.on('error', reject)
    if (breakAfter === undefined) outgoing.end(body)
    else outgoing.write(body?.subarray(0, breakAfter) ?? '')
  })
}

const create = (to: RunningServer, file: UploadedFile, size: number | string) =>
  tus(to, 'POST', '/v1/uploads', { headers: { 'upload-length': String(size), 'upload-metadata': metadataOf(file) } })
const append = (to: RunningServer, path: string, body: Buffer, offset = 0) =>
  tus(to, 'PATCH', path, { headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body })
const offsetOf = async (to: RunningServer, path: string) => Number((await tus(to, 'HEAD', path)).headers['upload-offset'])

/** Uploads a complete file. @returns its path. */
async function upload(to: RunningServer, filename: string, content: Buffer): Promise<string> {
  const created = await create(to, { filename, sha256: sha256(content) }, content.length)
  expect({ status: created.status, body: created.body.toString() }).toEqual({ status: 201, body: '' })
  const path = String(created.headers.location)
  expect(await append(to, path, content)).toMatchObject({ status: 204, headers: { 'upload-offset': String(content.length) } })
  return path
}
const idOf = (path: string) => path.replace('/v1/uploads/', '')
const importOf = (to: RunningServer, ...paths: string[]) =>
  to.send('POST', '/v1/imports', { uploadIds: paths.map(idOf) }, { 'guardimesh-actor': 'ann@example.org' })

test('imports uploads and records the user', async () => {
  const paths = [await upload(server, 'uploaded.ndb', SMALL), await upload(server, 'second.ndb', Buffer.from(aSignature('Test.Second')))]
  const started = await importOf(server, ...paths)
  expect(started.status, started.body.toString()).toBe(202)
  const { importId } = JSON.parse(started.body.toString())
  expect(await server.ended('uploaded.ndb')).toMatchObject({
    ...{ importId, state: 'published', source: 'upload', importedBy: 'ann@example.org', files: ['uploaded.ndb', 'second.ndb'] },
  })
  expect((await server.catalog()).files.map(({ path }) => path)).toEqual(['clamav/ours.ndb', 'clamav/second.ndb', 'clamav/uploaded.ndb'])
  expect(await readdir(join(server.volume, 'uploads'))).toEqual([])
  const again = await importOf(server, ...paths)
  expect({ status: again.status, code: JSON.parse(again.body.toString()).code }).toEqual({ status: 404, code: 'UPLOAD_NOT_FOUND' })
})

test('resumes an upload after a broken connection and a kill', async () => {
  const content = lines(100_000)
  const { headers } = await create(server, { filename: 'broken.hdb', sha256: sha256(content) }, content.length)
  const path = String(headers.location)
  const part = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream', 'content-length': String(content.length) }
  const sent = tus(server, 'PATCH', path, { headers: part, body: content, breakAfter: 2_000_000 }).catch(() => undefined)
  await vi.waitFor(async () => expect(await sizeOnDisk(server, path)).toBeGreaterThan(1_000_000), { timeout: 20_000, interval: 20 })
  // Simulates a crash during the upload.
  await server.end('SIGKILL')
  await sent
  server = await startServer({ folder, authority, volume: server.volume })
  const offset = await offsetOf(server, path)
  expect(offset).toBeGreaterThan(1_000_000)
  expect(offset).toBeLessThan(content.length)
  const early = await importOf(server, path)
  expect({ status: early.status, detail: JSON.parse(early.body.toString()).detail }).toEqual({
    ...{ status: 404, detail: expect.stringContaining(`broken.hdb is incomplete: ${offset} of ${content.length} bytes`) },
  })
  expect((await append(server, path, content.subarray(0, 10), 5)).status).toBe(409)
  expect(await append(server, path, content.subarray(offset), offset)).toMatchObject({ status: 204 })
  expect((await importOf(server, path)).status).toBe(202)
  expect(await server.ended('broken.hdb')).toMatchObject({ state: 'published' })
})

async function sizeOnDisk(to: RunningServer, path: string): Promise<number> {
  return readFileSync(join(to.volume, 'uploads', idOf(path))).length
}

test('rejects an import of two uploads with the same name', async () => {
  const paths = [await upload(server, 'twin.ndb', SMALL), await upload(server, 'twin.ndb', Buffer.from(aSignature('Test.Twin')))]
  const answer = await importOf(server, ...paths)
  expect({ status: answer.status, detail: JSON.parse(answer.body.toString()).detail }).toEqual({
    ...{ status: 400, detail: expect.stringContaining('duplicate uploads of twin.ndb') },
  })
  for (const path of paths) expect((await tus(server, 'DELETE', path)).status).toBe(204)
})

test('rejects and removes an upload with another digest than announced', async () => {
  const { headers } = await create(server, { filename: 'other.ndb', sha256: 'a'.repeat(64) }, SMALL.length)
  const path = String(headers.location)
  await append(server, path, SMALL)
  const answer = await importOf(server, path)
  expect({ status: answer.status, ...JSON.parse(answer.body.toString()) }).toMatchObject({
    ...{ status: 422, code: 'SIGNATURES_INVALID', detail: expect.stringMatching(/^other\.ndb has SHA-256 .* upload it again$/) },
  })
  expect((await importOf(server, path)).status).toBe(404)
})

const A_SHA256 = 'b'.repeat(64)
test.each([
  { name: 'no name', file: { filename: '', sha256: A_SHA256 }, status: 400 },
  { name: 'a path', file: { filename: '../../etc/passwd.ndb', sha256: A_SHA256 }, status: 400 },
  { name: 'a README', file: { filename: 'README', sha256: A_SHA256 }, status: 400 },
  { name: 'another kind', file: { filename: 'a.ndb', kind: 'golden', sha256: A_SHA256 }, status: 400 },
  { name: 'a database among the rules', file: { filename: 'a.ndb', kind: 'yara', sha256: A_SHA256 }, status: 400 },
  { name: 'no checksum', file: { filename: 'a.ndb' }, status: 400 },
  { name: 'a file above the maximum size', file: { filename: 'a.ndb', sha256: A_SHA256 }, size: 9 * 1024 ** 3, status: 413 },
])('rejects $name and keeps nothing', async ({ file, size = 5, status }) => {
  const answer = await create(server, file, size)
  expect({ status: answer.status, hasReason: answer.body.length > 10 }).toEqual({ status, hasReason: true })
  expect(await readdir(join(server.volume, 'uploads'))).toEqual([])
})

test.each(['guardimesh-signatures-20261121T000000Z.tar.zst', 'daily-27000.cdiff', 'daily.cvd.sign', 'iocs.csv', 'iocs.hashes'])(
  'accepts %s',
  async (filename) => {
    const { status, headers } = await create(server, { filename, sha256: A_SHA256 }, 5)
    expect(status).toBe(201)
    expect((await tus(server, 'DELETE', String(headers.location))).status).toBe(204)
  },
)

test('rejects uploads without the management key', async () => {
  for (const method of ['POST', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS'])
    expect((await tus(server, method, '/v1/uploads/x', { headers: { authorization: '' } })).status).toBe(401)
  expect((await tus(server, 'GET', '/v1/uploads/x')).status).toBe(405)
})

test('removes uploads that were not imported within a day at the next start', async () => {
  const old = await upload(server, 'old.ndb', SMALL)
  const young = await upload(server, 'young.ndb', SMALL)
  await server.end('SIGTERM')
  const longAgo = new Date(Date.now() - 25 * 3_600_000)
  for (const suffix of ['', '.json']) await utimes(join(server.volume, 'uploads', idOf(old) + suffix), longAgo, longAgo)
  server = await startServer({ folder, authority, volume: server.volume })
  expect((await tus(server, 'HEAD', old)).status).toBe(404)
  expect(await offsetOf(server, young)).toBe(SMALL.length)
  expect((await server.get('/metrics')).body.toString()).toContain(`upload_bytes ${SMALL.length}`)
})

test('responds with 507 on a full disk before and during an upload, and resumes the upload later', async () => {
  const volume = join(folder, 'full')
  await mkdir(volume)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', volume])
  try {
    await using small = await startOn('full')
    const content = lines(60_000)
    const file = { filename: 'full.hdb', sha256: sha256(content) }
    expect(await create(small, file, 20_000_000)).toMatchObject({ status: 507, body: expect.objectContaining({}) })
    const created = await create(small, file, content.length)
    expect(created.status).toBe(201)
    const path = String(created.headers.location)
    await writeFile(join(volume, 'filler'), Buffer.alloc(6 * 1024 * 1024 - content.length))
    const stuck = await append(small, path, content)
    expect({ status: stuck.status, message: stuck.body.toString() }).toEqual({
      status: 507,
      message: expect.stringMatching(/volume is full.*received data is kept/),
    })
    await rm(join(volume, 'filler'))
    const offset = await offsetOf(small, path)
    expect(offset).toBeGreaterThan(0)
    expect((await append(small, path, content.subarray(offset), offset)).status).toBe(204)
    expect(sha256(readFileSync(join(volume, 'uploads', idOf(path))))).toBe(sha256(content))
  } finally {
    execFileSync('umount', [volume])
  }
})
