import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { buildClusterEnvironment, CLUSTER_SCRIPT } from './cluster-command.js'

/** A Service of the cluster, forwarded to this machine's loopback interface. */
export interface OpenService {
  /** For example "https://127.0.0.1:41234". */
  readonly url: string
  close(): Promise<void>
}

/**
 * Forwards a Service to a free port.
 *
 * @param service NAMESPACE/SERVICE or NAMESPACE/SERVICE:PORT. Default port: 443.
 * @throws Error if the Service does not exist.
 */
export async function openService(stateFolder: string, service: string): Promise<OpenService> {
  const child = spawn(CLUSTER_SCRIPT, ['open', service, String(await findFreePort())], {
    env: buildClusterEnvironment(stateFolder),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  const errorOutput = text(child.stderr)
  const url = await Promise.race([readFirstLine(child.stdout), closed.then(() => undefined)])
  if (url === undefined) throw new Error(`failed to forward ${service}: ${(await errorOutput).trim()}`)
  return {
    url,
    close: async () => {
      child.kill('SIGTERM')
      await closed
    },
  }
}

async function readFirstLine(stream: NodeJS.ReadableStream): Promise<string | undefined> {
  for await (const line of createInterface({ input: stream })) return line
  return undefined
}

/** Finds a port of 127.0.0.1 that is free now. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
