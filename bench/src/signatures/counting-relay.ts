import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A loopback relay that counts the bytes sent by the server, including TLS and headers: the network traffic of a node. */
export interface CountingRelay extends AsyncDisposable {
  readonly port: number
  /** Returns the bytes received from the server since the last call. */
  takeReceivedBytes(): number
}

export async function startCountingRelay(serverPort: number): Promise<CountingRelay> {
  let receivedBytes = 0
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(serverPort, '127.0.0.1')
    upstream.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.length
    })
    for (const [socket, other] of [[client, upstream] as const, [upstream, client] as const]) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    takeReceivedBytes: () => {
      const taken = receivedBytes
      receivedBytes = 0
      return taken
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
