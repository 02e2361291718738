import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, RequestListener } from 'node:http'
import { request as httpRequest } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { MIB_BYTES } from '@guardimesh/contracts'
import { listenOn } from '@guardimesh/kit'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { waitFor } from './client.js'
import { startTestApi, type TestApi } from './harness.js'

/** Upper limit of buffers of kernel, TLS and streams; far less than the sent bytes. */
const BUFFERS_MAX_BYTES = 16 * MIB_BYTES
const SENT_BYTES = 64 * MIB_BYTES
/** A fake signature server that stops reading, responds early or disconnects. */
let authority: TestAuthority
let server: Server
let listener: RequestListener
let api: TestApi
let key: string

beforeAll(async () => {
  authority = await createAuthority('streams')
  const files = await authority.issue('DNS:localhost')
  const pair = { cert: readFileSync(files.certificateFile), key: readFileSync(files.keyFile) }
  server = createServer(pair, (incoming, outgoing) => listener(incoming, outgoing))
  await listenOn(server, { host: '127.0.0.1', port: 0 })
  const managementKeyFile = join(authority.folder, 'management-key')
  await writeFile(managementKeyFile, 'key-of-the-server\n')
  const url = new URL(`https://localhost:${(server.address() as AddressInfo).port}`)
  api = await startTestApi({ config: { signatureServer: { url, caFile: authority.caFile, managementKeyFile } } })
  key = await api.createKey('signatures:write')
})
afterAll(async () => {
  await api.close()
  server.closeAllConnections()
  server.close()
  await rm(authority.folder, { recursive: true })
})
beforeEach(() => {
  listener = (_, outgoing) => outgoing.writeHead(500).end()
})

interface Patch {
  readonly socket: () => Socket | null
  readonly answer: Promise<IncomingMessage>
  destroy(): void
}

function patch(content: Readable, sizeBytes: number): Patch {
  const outgoing = httpRequest(`${api.url}/api/signatures/uploads/one`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/offset+octet-stream',
      'content-length': sizeBytes,
      'upload-offset': '0',
      'tus-resumable': '1.0.0',
      'x-evil': 'not passed on',
    },
  })
  const answer = new Promise<IncomingMessage>((resolve, reject) => outgoing.once('response', resolve).once('error', reject))
  answer.catch(() => undefined)
  content.pipe(outgoing)
  return { socket: () => outgoing.socket, answer, destroy: () => outgoing.destroy() }
}

test('applies backpressure of the server and forwards everything', async () => {
  const seen: { incoming?: IncomingMessage } = {}
  const digest = createHash('sha256')
  let isReading = false
  listener = (incoming, outgoing) => {
    seen.incoming = incoming
    const timer = setInterval(() => {
      if (!isReading) return
      clearInterval(timer)
      incoming.on('data', (chunk: Buffer) => digest.update(chunk)).on('end', () => outgoing.writeHead(204, { 'upload-offset': '9' }).end())
    }, 20)
  }
  const chunk = randomBytes(MIB_BYTES)
  const content = Readable.from(Array.from({ length: SENT_BYTES / MIB_BYTES }, () => chunk))
  const { socket, answer } = patch(content, SENT_BYTES)
  let before = -1
  const stalledBytes = await waitFor(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const sentBytes = socket()?.bytesWritten ?? 0
    const isStill = sentBytes === before && seen.incoming !== undefined
    before = sentBytes
    return isStill ? sentBytes : undefined
  }, 30_000)
  expect(stalledBytes).toBeLessThan(BUFFERS_MAX_BYTES)
  isReading = true
  const { statusCode, headers } = await answer
  expect([statusCode, headers['upload-offset']]).toEqual([204, '9'])
  const expected = createHash('sha256')
  for (let sent = 0; sent < SENT_BYTES; sent += MIB_BYTES) expected.update(chunk)
  expect(digest.digest('hex')).toBe(expected.digest('hex'))
  expect(seen.incoming?.headers).toMatchObject({
    authorization: 'Bearer key-of-the-server',
    'guardimesh-actor': 'signatures:write',
    'content-length': String(SENT_BYTES),
    'upload-offset': '0',
  })
  expect(seen.incoming?.headers).not.toHaveProperty('x-evil')
})

test('aborts the request to the server if the client disconnects', async () => {
  const closed = new Promise<boolean>((resolve) => {
    listener = (incoming) => void incoming.resume().once('close', () => resolve(incoming.complete))
  })
  const content = new Readable({ read: () => undefined })
  content.push('first')
  const { destroy, socket } = patch(content, 1000)
  await waitFor(() => (socket()?.bytesWritten ?? 0) > 0 || undefined)
  await waitFor(async () => (await connections()) > 0 || undefined)
  destroy()
  expect(await closed).toBe(false)
})

test('forwards an early response and stops sending', async () => {
  listener = (_, outgoing) => outgoing.writeHead(413, { connection: 'close' }).end('too much')
  const content = new Readable({ read: () => undefined })
  content.push('first')
  const answer = await patch(content, 1000).answer
  expect([answer.statusCode, answer.headers.connection]).toEqual([413, 'close'])
  expect(Buffer.concat(await answer.toArray()).toString()).toBe('too much')
})

test('returns SIGNATURE_SERVER_UNAVAILABLE if the server disconnects', async () => {
  listener = (incoming) => void incoming.once('data', () => incoming.destroy())
  const content = new Readable({ read: () => undefined })
  content.push('first')
  const answer = await patch(content, 1000).answer
  const body = JSON.parse(Buffer.concat(await answer.toArray()).toString())
  expect([answer.statusCode, body.code]).toEqual([503, 'SIGNATURE_SERVER_UNAVAILABLE'])
})

function connections(): Promise<number> {
  return new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))))
}
