import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** An HTTPS server in place of the API: it returns the request that it received, and leaves event streams open. */
export class ApiStandIn {
  readonly #server: Server
  readonly #streams: ServerResponse[] = []

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(certificate: string, key: string): Promise<ApiStandIn> {
    const server = createServer({ cert: certificate, key })
    const api = new ApiStandIn(server)
    server.on('request', (request: IncomingMessage, answer: ServerResponse) => api.#answer(request, answer))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return api
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Sends an event to the last opened stream. */
  send(event: string): void {
    this.#streams.at(-1)?.write(`data: ${event}\n\n`)
  }

  showCertificate(certificate: string, key: string): void {
    this.#server.setSecureContext({ cert: certificate, key })
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #answer(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method, url, headers } = incoming
    if (url === '/api/findings/stream') {
      answer.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
      this.#streams.push(answer)
      this.send('first')
      return
    }
    const status = url?.startsWith('/none') ? 404 : 200
    const own = { 'content-type': 'application/json', 'x-frame-options': 'FROM-API', 'cache-control': 'no-store' }
    buffer(incoming).then(
      (body) => answer.writeHead(status, own).end(JSON.stringify({ method, url, headers, body: body.toString() })),
      () => answer.destroy(),
    )
  }
}

/** A name server that answers every query with 127.0.0.1. Source: RFC 1035, section 4. */
export async function startDns(): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    const question = query.subarray(12, query.indexOf(0, 12) + 5)
    const header = Buffer.from([...query.subarray(0, 2), 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0])
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 10, 0, 4, 127, 0, 0, 1])
    socket.send(Buffer.concat([header, question, record]), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}
