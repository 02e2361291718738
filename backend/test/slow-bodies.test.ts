import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { listenOn } from '@guardimesh/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allowSlowBody, exemptSlowBodies } from '../src/platform/http/route-body.js'

const REQUEST_TIMEOUT_MS = 300
let server: Server
const expired: string[] = []

beforeAll(async () => {
  server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: 50 }, (incoming, answer) => {
    if (incoming.url === '/slow') allowSlowBody(incoming)
    incoming.resume().once('end', () => answer.end('whole'))
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    expired.push(error.code ?? '')
    socket.destroy()
  })
  exemptSlowBodies(server)
  await listenOn(server, { host: '127.0.0.1', port: 0 })
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Sends a body that takes three times the request timeout. @returns the response, or the error. */
function send(path: string): Promise<string> {
  const { port } = server.address() as AddressInfo
  return new Promise((resolve) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method: 'POST' }, (answer) => {
      answer.setEncoding('utf8').once('data', resolve)
    })
    outgoing.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
    outgoing.write('first')
    setTimeout(() => outgoing.end('last'), 3 * REQUEST_TIMEOUT_MS)
  })
}

test('exempts a slow body from the timeout, but not later requests or other routes', async () => {
  expect(await send('/slow')).toBe('whole')
  expect(expired).toEqual([])
  expect(await send('/')).toBe('ECONNRESET')
  expect(expired).toEqual(['ERR_HTTP_REQUEST_TIMEOUT'])
})
