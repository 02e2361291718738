import { readFileSync } from 'node:fs'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aGoldenServer, aTestEnvironment, type TestEnvironment } from './golden-server.js'
import type { RunningServer } from './running-server.js'

let environment: TestEnvironment
let server: RunningServer

beforeAll(async () => {
  environment = await aTestEnvironment('hostile-http')
  server = await aGoldenServer(environment, 'volume')
})
afterAll(async () => {
  await server?.end('SIGTERM')
  await environment[Symbol.asyncDispose]()
})

const waitingRequests = async () =>
  /^guardimesh_signature_server_waiting_requests (\d+)$/m.exec((await server.get('/metrics')).body.toString())?.[1]

test('allows one waiting request per connection, regardless of its number of requests', async () => {
  const { headers } = await server.get('/v1/catalog')
  const { hostname: host, port } = new URL(server.url)
  const socket = connect({ host, port: Number(port), ca: readFileSync(server.caFile) })
  socket.resume()
  const request = `GET /v1/catalog HTTP/1.1\r\nHost: ${host}\r\nIf-None-Match: ${headers.etag}\r\nPrefer: wait=60\r\n\r\n`
  socket.write(request.repeat(50))
  await expect.poll(waitingRequests, { timeout: 10_000 }).toBe('1')
  socket.destroy()
  await expect.poll(waitingRequests, { timeout: 10_000 }).toBe('0')
  // The slot is available to any client again.
  const waits = await server.get('/v1/catalog', { 'if-none-match': headers.etag ?? '', prefer: 'wait=1' })
  expect(waits).toMatchObject({ status: 304, headers: { 'preference-applied': 'wait=1' } })
})
