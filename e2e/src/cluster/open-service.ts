import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { CLUSTER_SCRIPT, clusterEnvironment } from './cluster-command.js'

/** A Service of the cluster on loopback, for a browser or an HTTP client. */
export interface OpenService {
  /** Such as "https://127.0.0.1:41234". */
  readonly url: string
  close(): Promise<void>
}

/**
 * Opens a Service on a free port.
 *
 * @param service NAMESPACE/SERVICE or NAMESPACE/SERVICE:PORT. Default port: 443.
 * @throws Error when the Service does not exist.
 */
export async function openService(stateFolder: string, service: string): Promise<OpenService> {
  const child = spawn(CLUSTER_SCRIPT, ['open', service, String(await freePort())], {
    env: clusterEnvironment(stateFolder),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  const errors = text(child.stderr)
  const url = await Promise.race([firstLine(child.stdout), closed.then(() => undefined)])
  if (url === undefined) throw new Error(`failed to open ${service}: ${(await errors).trim()}`)
  return {
    url,
    close: async () => {
      child.kill('SIGTERM')
      await closed
    },
  }
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string | undefined> {
  for await (const line of createInterface({ input: stream })) return line
  return undefined
}

/** Finds a free port of 127.0.0.1. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
