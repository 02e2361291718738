import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { sendRequest } from './http-request.js'

let server: Server
afterEach(() => server.close())

/** Starts a server that handles each connection without reading it. */
async function serve(onConnection: (socket: Socket) => void): Promise<URL> {
  server = createServer({ pauseOnConnect: true }, onConnection)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

test('closes the connection of a request that was answered before its body was sent', async () => {
  let closed: Promise<unknown> = Promise.resolve()
  const url = await serve((socket) => {
    socket.on('error', () => {})
    socket.write('HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno')
    closed = once(socket, 'close')
    setTimeout(() => socket.resume(), 100)
  })
  const body = () =>
    Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1024 * 1024)
      })(),
    )
  const answer = await sendRequest({ method: 'PUT', url, headers: { 'content-length': 2 ** 40 }, body })
  expect([answer.status, answer.body.toString()]).toEqual([403, 'no'])
  await closed
})

test('limits the time without an answer', async () => {
  const url = await serve((socket) => socket.on('error', () => {}))
  await expect(sendRequest({ method: 'GET', url, idleTimeoutMs: 100 })).rejects.toThrow(`${url.host} did not respond for 0.1 s.`)
})

test('ends with an error when the server switches protocols', async () => {
  const url = await serve((socket) => {
    socket.on('error', () => {})
    socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')
  })
  await expect(sendRequest({ method: 'GET', url })).rejects.toThrow('the server responded with 101 Switching Protocols')
})

test('ends with the error of an unreadable body', async () => {
  const url = await serve((socket) => socket.on('error', () => {}))
  const body = () =>
    new Readable({
      read() {
        this.destroy(new Error('the disk failed'))
      },
    })
  await expect(sendRequest({ method: 'PUT', url, headers: { 'content-length': 9 }, body })).rejects.toThrow('the disk failed')
})
