import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createRawServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { failureReasonOf, JsonClient, type JsonClientOptions, RequestError } from '@guardimesh/kit'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'

const LIMITS = { timeoutMs: 2000, maxResponseBytes: 1000 }

async function serve(listener: RequestListener, socketPath?: string): Promise<string> {
  const server = createServer(listener)
  await once(socketPath === undefined ? server.listen(0, '127.0.0.1') : server.listen(socketPath), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return socketPath === undefined ? `http://127.0.0.1:${(server.address() as AddressInfo).port}` : 'http://localhost'
}

function connect(baseUrl: string, options: Partial<JsonClientOptions> = {}): JsonClient {
  const client = new JsonClient({ baseUrl, ...LIMITS, ...options })
  onTestFinished(() => client.close())
  return client
}

const echo: RequestListener = (request, response) => {
  text(request).then((body) => {
    const { method, url, headers } = request
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ method, url, headers, body }))
  })
}
const Echo = z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()), body: z.string() })

test('sends JSON and parses the response', async () => {
  const client = connect(`${await serve(echo)}/prefix/`)
  const response = await client.send({ method: 'DELETE', path: '/a?b=c', json: { d: 'ä' }, headers: { 'x-one': '1' } })
  expect(response).toMatchObject({ status: 201, isOk: true })
  const { method, url, headers, body } = response.json(Echo)
  expect({ method, url, body }).toEqual({ method: 'DELETE', url: '/prefix/a?b=c', body: '{"d":"ä"}' })
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '10', 'x-one': '1' })
})

test('sends bytes unchanged', async () => {
  const client = connect(await serve(echo))
  const response = await client.send({ method: 'POST', path: '/', bytes: Buffer.from('abc'), headers: { 'content-type': 'text/plain' } })
  expect(response.json(Echo)).toMatchObject({ body: 'abc', headers: { 'content-type': 'text/plain', 'content-length': '3' } })
})

test('reads the headers again for each request', async () => {
  let token = 0
  const client = connect(await serve(echo), { headers: () => ({ authorization: `Bearer ${++token}` }) })
  await client.send({ path: '/' })
  expect((await client.send({ path: '/' })).json(Echo).headers.authorization).toBe('Bearer 2')
})

test('reuses the connection', async () => {
  const ports = new Set<number | undefined>()
  const client = connect(
    await serve((request, response) => {
      ports.add(request.socket.remotePort)
      response.end('{}')
    }),
  )
  for (let count = 0; count < 3; count++) await client.send({ path: '/' })
  expect(ports.size).toBe(1)
})

test('connects to a Unix socket', async () => {
  const socketPath = join(tmpdir(), `json-client-${process.pid}.sock`)
  const client = connect(await serve(echo, socketPath), { socketPath })
  expect((await client.send({ path: '/version' })).json(Echo).url).toBe('/version')
})

test('rejects a response that is too large', async () => {
  const client = connect(await serve((_, response) => response.write('x'.repeat(2000))))
  await expect(client.send({ path: '/' })).rejects.toThrow('failed: the response is larger than 1000 bytes')
})

test('times out when the rest of a body does not arrive', async () => {
  const client = connect(await serve((_, response) => response.write('{')))
  const failure = await client.send({ path: '/slow?token=x', timeoutMs: 50 }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(RequestError)
  expect(failure).toMatchObject({ isTimeout: true, reason: 'timed out after 50 ms' })
  expect(String(failure)).toMatch(/GET http:\/\/127\.0\.0\.1:\d+\/slow failed: timed out/)
})

test('keeps the cause of a failed connection', async () => {
  const client = connect('http://127.0.0.1:1')
  await expect(client.send({ path: '/' })).rejects.toMatchObject({ isTimeout: false, cause: { code: 'ECONNREFUSED' } })
})

test.each([
  { name: 'a failed request', error: new RequestError('GET http://a/b', 'connection reset', false, undefined), reason: 'connection reset' },
  { name: 'another error', error: new Error('wrong key'), reason: 'wrong key' },
  { name: 'an error without a message', error: Object.assign(new Error(''), { code: 'ECONNREFUSED' }), reason: 'ECONNREFUSED' },
])('returns the reason of $name', ({ error, reason }) => expect(failureReasonOf(error)).toBe(reason))

test("rejects with the signal's reason when aborted", async () => {
  const client = connect(await serve(() => undefined))
  const stop = new AbortController()
  const sent = client.send({ path: '/', signal: stop.signal })
  stop.abort(new Error('stopping'))
  await expect(sent).rejects.toThrow('stopping')
})

test('fails when the server switches protocols', async () => {
  const server = createRawServer((socket) => {
    socket.on('error', () => undefined)
    socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  for (const request of [client.send({ path: '/' }), client.stream({ path: '/' })])
    await expect(request).rejects.toThrow('the server responded with 101 Switching Protocols')
})

test('reports a body that is not JSON', async () => {
  const client = connect(await serve((_, response) => response.writeHead(502).end('<html>')))
  const response = await client.send({ path: '/x' })
  expect(() => response.json()).toThrow(/invalid response of GET http:.*\/x \(status 502\)/)
})

test('streams a response and fails when no data arrives', async () => {
  const client = connect(await serve((_, response) => response.write('first')))
  const response: IncomingMessage = await client.stream({ path: '/events', idleTimeoutMs: 100 })
  const chunks: string[] = []
  const read = async () => {
    for await (const chunk of response) chunks.push(String(chunk))
  }
  await expect(read()).rejects.toThrow('timeout: no data for 100 ms')
  expect(chunks).toEqual(['first'])
})

test('streams without an idle timeout on request', async () => {
  const client = connect(
    await serve((_, response) => {
      response.write('first')
      setTimeout(() => response.end(' second'), 200)
    }),
    { timeoutMs: 50 },
  )
  expect(await text(await client.stream({ path: '/events', idleTimeoutMs: 0 }))).toBe('first second')
})
