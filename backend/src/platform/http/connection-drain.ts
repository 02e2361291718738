import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Server as HttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import { SECOND_MS } from '@guardimesh/contracts'

/** Time for requests in progress to finish. */
const GRACE_MS = 10 * SECOND_MS
const CHECK_INTERVAL_MS = 50

/**
 * Closes a server without waiting for idle connections. Node's `close` waits up to a minute for connections that become idle after the call,
 * and `closeIdleConnections` keeps connections that never sent a request, which browsers open in advance.
 */
export class ConnectionDrain {
  readonly #server: Server
  readonly #requests = new Map<Socket, number>()
  /** Connections in the TLS handshake, by peer address. */
  readonly #handshakes = new Map<string, Socket>()

  constructor(server: Server) {
    this.#server = server
    if (server instanceof HttpsServer) {
      server.on('connection', (socket: Socket) => this.#watchHandshake(socket))
      server.on('secureConnection', (socket: Socket) => this.#watch(socket))
    } else server.on('connection', (socket: Socket) => this.#watch(socket))
    server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.#add(socket, 1)
      response.once('close', () => this.#add(socket, -1))
    })
  }

  /** Closes the server while requests finish. @param close closes the server; resolves when the last connection is closed. */
  async close(close: () => Promise<void>): Promise<void> {
    const endMs = Date.now() + GRACE_MS
    const timer = setInterval(() => {
      for (const [socket, requests] of this.#requests) if (requests === 0) socket.destroySoon()
      for (const socket of this.#handshakes.values()) socket.destroy()
      if (Date.now() > endMs) this.#server.closeAllConnections()
    }, CHECK_INTERVAL_MS)
    try {
      await close()
    } finally {
      clearInterval(timer)
    }
  }

  #watch(socket: Socket): void {
    this.#handshakes.delete(peerOf(socket))
    this.#requests.set(socket, 0)
    socket.once('close', () => this.#requests.delete(socket))
  }

  /** Requests arrive on another socket, which replaces this one after the handshake. */
  #watchHandshake(socket: Socket): void {
    const peer = peerOf(socket)
    this.#handshakes.set(peer, socket)
    socket.once('close', () => {
      if (this.#handshakes.get(peer) === socket) this.#handshakes.delete(peer)
    })
  }

  #add(socket: Socket, change: number): void {
    const requests = this.#requests.get(socket)
    if (requests !== undefined) this.#requests.set(socket, requests + change)
  }
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
