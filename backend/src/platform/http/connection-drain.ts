import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Server as HttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import { SECOND_MS } from '@guardimesh/contracts'

/** Requests under way get this long to finish. */
const GRACE_MS = 10 * SECOND_MS
const CHECK_INTERVAL_MS = 50

/**
 * Knows which connections of a server have a request under way. Node's own `close` waits for a minute for connections that became idle after it
 * was called, and `closeIdleConnections` leaves those open that never sent a request, as browsers make them ahead.
 */
export class ConnectionDrain {
  readonly #server: Server
  readonly #requests = new Map<Socket, number>()
  /** Connections that are not encrypted yet, by the address of their other end. */
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

  /** Closes the server while its requests finish. @param close the server's own way; resolves when the last connection is gone. */
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

  /** Requests will come on another socket, which is made of this one once the handshake is done. */
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
