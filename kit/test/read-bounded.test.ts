import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { BodyTooLargeError, readBounded } from '@guardimesh/kit'
import { expect, onTestFinished, test } from 'vitest'

const TEN_BYTES = Buffer.from('0123456789')

async function serve(handler: (request: IncomingMessage) => Promise<number>): Promise<number> {
  const server: Server = createServer((incoming, response) => {
    void handler(incoming).then((status) => response.writeHead(status, { connection: 'close' }).end())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('reads a body of exactly the maximum size', async () => {
  expect(await readBounded(Readable.from([TEN_BYTES]), 10)).toEqual(TEN_BYTES)
})

test('counts bytes, not characters', async () => {
  await expect(readBounded(Readable.from([Buffer.from('äöüß')]), 7)).rejects.toThrow('the body is larger than 7 bytes')
})

test('destroys a stream that exceeds the bound', async () => {
  const stream = Readable.from([TEN_BYTES, TEN_BYTES])
  await expect(readBounded(stream, 15, { name: 'the response' })).rejects.toThrow(BodyTooLargeError)
  expect(stream.destroyed).toBe(true)
})

test('drains the rest of a stream on request', async () => {
  const stream = Readable.from([TEN_BYTES, TEN_BYTES, TEN_BYTES])
  const ended = once(stream, 'end')
  await expect(readBounded(stream, 15, { onExceeded: 'drain' })).rejects.toThrow(BodyTooLargeError)
  await ended
})

test('reports the bytes received so far', async () => {
  const sizes: number[] = []
  await readBounded(Readable.from([TEN_BYTES, TEN_BYTES]), 20, { onProgress: (sizeBytes) => sizes.push(sizeBytes) })
  expect(sizes).toEqual([10, 20])
})

test('drains the rest of a stream whose progress is rejected', async () => {
  const stream = Readable.from([TEN_BYTES, TEN_BYTES, TEN_BYTES])
  const ended = once(stream, 'end')
  const onProgress = () => {
    throw new Error('no memory left')
  }
  await expect(readBounded(stream, 100, { onExceeded: 'drain', onProgress })).rejects.toThrow('no memory left')
  await ended
})

test('cancels a web stream that exceeds the bound', async () => {
  let isCancelled = false
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(TEN_BYTES),
    cancel: () => {
      isCancelled = true
    },
  })
  await expect(readBounded(stream, 15)).rejects.toThrow(BodyTooLargeError)
  expect(isCancelled).toBe(true)
})

test('passes on the error of a broken stream', async () => {
  const stream = new Readable({ read: () => stream.destroy(new Error('connection lost')) })
  await expect(readBounded(stream, 10)).rejects.toThrow('connection lost')
})

test('lets a server respond to a body that is too large', async () => {
  const port = await serve((incoming) =>
    readBounded(incoming, 100, { onExceeded: 'drain' }).then(
      () => 200,
      () => 413,
    ),
  )
  const sent = request({ port, method: 'POST', headers: { 'transfer-encoding': 'chunked' } })
  for (let chunk = 0; chunk < 100; chunk++) sent.write(Buffer.alloc(10_000))
  sent.end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(413)
})
