import { connect, createServer, type Server } from 'node:net'

export interface BreakingProxy {
  readonly port: number
  readonly server: Server
  /** Bytes sent to clients so far. */
  bytes(): number
}

/** Starts a proxy to a local port. It closes each connection after sending `cutAfterBytes` to the client. */
export async function startBreakingProxy(target: number, cutAfterBytes: number): Promise<BreakingProxy> {
  let total = 0
  const proxy = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    let passed = 0
    const cut = () => {
      client.destroy()
      upstream.destroy()
    }
    upstream.on('data', (chunk) => {
      passed += chunk.length
      total += chunk.length
      client.write(chunk)
      if (passed > cutAfterBytes) client.destroySoon()
      if (passed > cutAfterBytes) upstream.destroy()
    })
    client.on('data', (chunk) => upstream.write(chunk))
    for (const socket of [client, upstream]) socket.on('error', cut)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroySoon())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  return { port: typeof address === 'object' && address ? address.port : 0, server: proxy, bytes: () => total }
}
