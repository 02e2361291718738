import type { Server } from 'node:http'
import { join } from 'node:path'
import { type ProbeServerOptions, startProbeServer } from '@guardimesh/kit'

export interface ProbeOptions extends Pick<ProbeServerOptions, 'metrics' | 'readiness'> {
  readonly runFolder: string
  /** Names the socket: `<process>.probe.sock`. */
  readonly process: string
  /** Also serves the probes on all addresses of the pod, for the kubelet and Prometheus; undefined for the socket only. */
  readonly port: number | undefined
}

/** Serves the probes of a process until the result is disposed. */
export async function startProbes({ runFolder, process, port, metrics, readiness }: ProbeOptions): Promise<Disposable> {
  const servers: Server[] = []
  const dispose = () => {
    for (const server of servers) {
      server.close()
      server.closeAllConnections()
    }
  }
  try {
    servers.push(await startProbeServer({ address: { socketPath: join(runFolder, `${process}.probe.sock`) }, metrics, readiness }))
    if (port !== undefined) servers.push(await startProbeServer({ address: { host: '::', port }, metrics, readiness }))
  } catch (error) {
    dispose()
    throw error
  }
  return { [Symbol.dispose]: dispose }
}
