import { join } from 'node:path'
import { KIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { JsonClient, sleep } from '@guardimesh/kit'

const POLL_MS = 500
/** Half of what a kubelet waits. */
export const PROBE_TIMEOUT_SECONDS = 5
const LIMITS = { timeoutMs: PROBE_TIMEOUT_SECONDS * SECOND_MS, maxResponseBytes: 64 * KIB_BYTES }
const PROCESSES = ['scanner', 'inspector'] as const

export interface Liveness {
  readonly requests: number
  readonly failures: readonly string[]
  readonly slowestMs: number
}

/** Requests `/livez` of scanner and inspector until the signal is aborted. */
export async function watchLiveness(runFolder: string, signal: AbortSignal): Promise<Liveness> {
  const failures: string[] = []
  const durationsMs: number[] = []
  const watch = async (name: (typeof PROCESSES)[number]) => {
    const socketPath = join(runFolder, name, `${name}.probe.sock`)
    while (!signal.aborted) {
      const startedAt = performance.now()
      await requestLivez(socketPath).catch((error: unknown) => failures.push(`${name}: ${error}`))
      durationsMs.push(performance.now() - startedAt)
      await sleep(POLL_MS, signal)
    }
  }
  await Promise.all(PROCESSES.map(watch))
  return { requests: durationsMs.length, failures, slowestMs: Math.max(0, ...durationsMs) }
}

async function requestLivez(socketPath: string): Promise<void> {
  using client = new JsonClient({ baseUrl: 'http://localhost', socketPath, keepAlive: false, ...LIMITS })
  const { status } = await client.send({ path: '/livez' })
  if (status !== 200) throw new Error(`/livez returned ${status}`)
}
