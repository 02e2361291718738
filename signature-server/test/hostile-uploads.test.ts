import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSignature } from './databases.js'
import { aGoldenServer, aTestEnvironment, type TestEnvironment } from './golden-server.js'
import type { Answer, RunningServer } from './running-server.js'

const TUS = { 'tus-resumable': '1.0.0' }

let environment: TestEnvironment
let server: RunningServer

beforeAll(async () => {
  environment = await aTestEnvironment('hostile-uploads')
  server = await aGoldenServer(environment, 'volume')
})
afterAll(async () => {
  await server?.end('SIGTERM')
  await environment[Symbol.asyncDispose]()
})

const tus = (method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  server.send(method, path, undefined, { ...TUS, ...headers })

/** Uploads a database in one request. @returns the upload's id. */
async function upload(filename: string): Promise<string> {
  const content = aSignature(`Test.${filename}`)
  // `send` encodes the body as JSON, so the metadata describes the JSON.
  const bytes = JSON.stringify(content)
  const metadata = { filename, kind: 'clamav', sha256: createHash('sha256').update(bytes).digest('hex') }
  const inBase64 = Object.entries(metadata).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
  const headers = { ...TUS, 'upload-length': `${Buffer.byteLength(bytes)}`, 'upload-metadata': inBase64.join(',') }
  const created = await server.send('POST', '/v1/uploads', content, { ...headers, 'content-type': 'application/offset+octet-stream' })
  expect(created.status).toBe(201)
  return created.headers.location?.split('/').at(-1) ?? ''
}

test.each([(id: string) => `${id}.json`, (id: string) => `${id}%2ejson`, () => '..%2fstate.json', () => '%00'])(
  'responds with 404 to an invalid upload id (%#)',
  async (nameOf) => {
    const id = await upload('kept.ndb')
    for (const method of ['HEAD', 'DELETE']) expect((await tus(method, `/v1/uploads/${nameOf(id)}`)).status).toBe(404)
    expect((await tus('HEAD', `/v1/uploads/${id}`)).status).toBe(200)
    expect((await tus('DELETE', `/v1/uploads/${id}`)).status).toBe(204)
  },
)

test('imports an upload once for concurrent requests and leaves nothing in the queue', async () => {
  const id = await upload('at-once.hashes')
  const answers = await Promise.all([1, 2, 3].map(() => server.send('POST', '/v1/imports', { uploadIds: [id] })))
  const statuses = answers.map(({ status }) => status)
  expect(statuses).toContain(202)
  expect(statuses.filter((status) => status !== 202 && status !== 404)).toEqual([])
  expect(await server.ended('at-once.hashes')).toMatchObject({ check: 'hash-list' })
  await expect.poll(() => readdir(join(server.volume, 'queue')), { timeout: 20_000 }).toEqual([])
})
