import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { listenOn } from '@guardimesh/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ReceiverAddresses } from '../src/features/notifications/drivers/receiver-addresses.js'
import { sendRequest } from '../src/features/notifications/drivers/send-request.js'
import { webhookHeaders } from '../src/features/notifications/drivers/webhook.js'
import { explainOutcome } from '../src/features/notifications/explain-outcome.js'
import { isSigned } from './receiver.js'

/** Receivers with unusual answers, byte by byte, which Node's server would not send. */

const SECRET = 'schlüssel-🔑-0123456789abcdef'
const BODY = JSON.stringify({ subject: 'Bereitschaft 🚨 „Größe“' })
const TIMEOUT_MS = 1000
const EMPTY = 'Content-Length: 0\r\n\r\n'
const OK = `HTTP/1.1 200 OK\r\n${EMPTY}`
const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'

type Answer = (socket: Socket) => void
const servers: Server[] = []
const requests: string[] = []
let answer: Answer
let port: number

/** Listens on 127.0.0.1 and ::1 with the same port. */
async function listen(host: string): Promise<void> {
  const server = createServer((socket) => {
    let received = ''
    let isAnswered = false
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      received += chunk.toString()
      if (isAnswered || !received.endsWith(BODY)) return
      isAnswered = true
      requests.push(received)
      answer(socket)
    })
  })
  servers.push(server)
  await listenOn(server, { host, port })
  port = (server.address() as AddressInfo).port
}
beforeAll(async () => {
  port = 0
  await listen('127.0.0.1')
  await listen('::1')
})
afterAll(() => {
  for (const server of servers) server.close()
})

const end =
  (...parts: readonly string[]): Answer =>
  (socket) =>
    void socket.end(parts.join(''))
/** Sends a text again and again until the sender closes the connection. */
const repeat =
  (start: string, text: string, pauseMs: number): Answer =>
  (socket) => {
    socket.write(start)
    const timer = setInterval(() => socket.write(text), pauseMs)
    socket.once('close', () => clearInterval(timer))
  }

async function send(address: string) {
  const url = new URL(address.replace('PORT', String(port)))
  const addresses = new ReceiverAddresses(['127.0.0.0/8', '::1'], undefined)
  const headers = webhookHeaders('id', BODY, { headers: [], secret: SECRET }, new Date())
  const request = { url, method: 'POST', headers, body: BODY }
  const signal = new AbortController().signal
  const startedAtMs = performance.now()
  const outcome = await sendRequest(request, { timeoutMs: TIMEOUT_MS, isTlsVerified: true, authorities: undefined, addresses, signal })
  const explanation = explainOutcome(outcome, url, TIMEOUT_MS)
  return {
    statusCode: outcome.kind === 'answered' ? outcome.statusCode : undefined,
    explanation,
    durationMs: performance.now() - startedAtMs,
  }
}

const DELIVERED: readonly { name: string; answer: Answer; status?: number; address?: string }[] = [
  { name: 'an empty answer', answer: end(OK) },
  { name: 'HTTP/1.0 without a length', answer: end('HTTP/1.0 200 OK\r\n\r\nbye') },
  { name: 'no reason phrase', answer: end('HTTP/1.1 202\r\n', EMPTY), status: 202 },
  { name: '204', answer: end('HTTP/1.1 204 No Content\r\n\r\n'), status: 204 },
  { name: '204 with a body', answer: end('HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok'), status: 204 },
  { name: '205 with a body without a length', answer: end('HTTP/1.1 205 Reset Content\r\nConnection: close\r\n\r\nok'), status: 205 },
  { name: '100', answer: end('HTTP/1.1 100 Continue\r\n\r\n', OK) },
  { name: '103', answer: end('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n', OK) },
  { name: '102 twice', answer: end('HTTP/1.1 102 Processing\r\n\r\n'.repeat(2), OK) },
  { name: 'a body shorter than its length', answer: end('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nok') },
  { name: 'a body longer than its length', answer: end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nok and more') },
  { name: 'a body of 5 MB', answer: end('HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n', 'y'.repeat(5_000_000)) },
  { name: 'a body that is not gzip', answer: end('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok') },
  { name: 'a damaged chunk', answer: end(CHUNKED, 'zz\r\nok\r\n') },
  { name: 'a body that ends after the timeout', answer: repeat(CHUNKED, '1\r\nx\r\n', 100) },
  { name: 'an endless body', answer: repeat('HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(65_536), 1) },
  { name: 'a connection that is reset after the status', answer: (socket) => socket.write(CHUNKED, () => socket.resetAndDestroy()) },
  { name: 'a status in several parts', answer: (socket) => [...OK].forEach((character) => void socket.write(character)) },
  { name: 'IPv6', answer: end(OK), address: 'http://[::1]:PORT/ok' },
  { name: 'a query with encoded and other characters', answer: end(OK), address: 'http://127.0.0.1:PORT/ok?token=a%20b&x=ü#part' },
]

test.each(DELIVERED)('delivers to a receiver that answers with $name', async ({ answer: given, status = 200, address }) => {
  answer = given
  expect(await send(address ?? 'http://127.0.0.1:PORT/ok')).toMatchObject({ statusCode: status, explanation: '' })
  const [head = '', text = ''] = requests.at(-1)?.split('\r\n\r\n') ?? []
  const signature = /^guardimesh-signature: (.*)$/im.exec(head)?.[1]
  expect(isSigned({ headers: { 'guardimesh-signature': signature }, text } as never, SECRET)).toBe(true)
})

const REJECTED: readonly { name: string; answer: Answer; status?: number; reason: RegExp; address?: string }[] = [
  ...[301, 302, 303, 307, 308].map((status) => ({
    name: String(status),
    answer: end(`HTTP/1.1 ${status} Moved\r\nLocation: http://127.0.0.1:1/\r\n${EMPTY}`),
    status,
    reason: /a redirect\. Redirects are not followed/,
  })),
  { name: '404', answer: end(`HTTP/1.1 404 Not Found\r\n${EMPTY}`), status: 404, reason: /not found/ },
  { name: '410', answer: end(`HTTP/1.1 410 Gone\r\n${EMPTY}`), status: 410, reason: /not found/ },
  { name: '429', answer: end(`HTTP/1.1 429 Too Many\r\nRetry-After: 3600\r\n${EMPTY}`), status: 429, reason: /429 instead of 2xx/ },
  { name: '503 with an endless body', answer: repeat('HTTP/1.1 503 No\r\n\r\n', 'x', 50), status: 503, reason: /server error/ },
  { name: '999', answer: end(`HTTP/1.1 999 Denied\r\n${EMPTY}`), status: 999, reason: /999/ },
  {
    name: '101',
    answer: end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    status: 101,
    reason: /101 instead of 2xx/,
  },
  {
    name: 'a header of 30,000 bytes',
    answer: end(`HTTP/1.1 200 OK\r\nSet-Cookie: ${'z'.repeat(30_000)}\r\n${EMPTY}`),
    reason: /invalid HTTP/,
  },
  { name: 'another protocol', answer: end('SSH-2.0-OpenSSH\r\n'), reason: /invalid HTTP response/ },
  { name: 'bare line feeds', answer: end('HTTP/1.1 200 OK\nContent-Length: 2\n\nok'), reason: /invalid HTTP response/ },
  {
    name: 'two lengths',
    answer: end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nok'),
    reason: /invalid HTTP response/,
  },
  { name: 'nothing', answer: (socket) => socket.end(), reason: /closed the connection without a response/ },
  { name: 'a reset connection', answer: (socket) => socket.resetAndDestroy(), reason: /closed the connection without a response/ },
  { name: 'half a status line', answer: end('HTTP/1.1 20'), reason: /closed the connection|invalid HTTP/ },
  { name: 'slow headers', answer: repeat('HTTP/1.1 200 OK\r\n', 'x-slow: 1\r\n', 100), reason: /did not respond within 1 s/ },
  { name: 'endless interim answers', answer: repeat('', 'HTTP/1.1 102 Processing\r\n\r\n', 100), reason: /did not respond within 1 s/ },
  { name: 'no answer', answer: () => undefined, reason: /did not respond within 1 s/ },
  { name: 'no TLS', answer: end(OK), address: 'https://127.0.0.1:PORT/ok', reason: /TLS handshake with 127\.0\.0\.1:\d+ / },
  { name: 'a closed port', answer: end(OK), address: 'http://127.0.0.1:1/ok', reason: /127\.0\.0\.1:1 refused the connection/ },
]

test.each(REJECTED)('does not deliver to a receiver that answers with $name, and states why', async ({ answer: given, ...expected }) => {
  answer = given
  const { statusCode, explanation, durationMs } = await send(expected.address ?? 'http://127.0.0.1:PORT/ok')
  expect({ statusCode, explanation }).toEqual({ statusCode: expected.status, explanation: expect.stringMatching(expected.reason) })
  expect(explanation).toMatch(/^[^\n]+\.$/)
  expect(durationMs).toBeLessThan(5 * TIMEOUT_MS)
})

test('delivers to a receiver that answers before it reads the body', async () => {
  const early = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n${EMPTY}`))
  })
  await listenOn(early, { host: '127.0.0.1', port: 0 })
  const outcome = await send(`http://127.0.0.1:${(early.address() as AddressInfo).port}/early`)
  early.close()
  expect(outcome).toMatchObject({ statusCode: 200, explanation: '' })
})
