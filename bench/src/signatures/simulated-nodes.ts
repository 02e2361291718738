import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { SECOND_MS } from '@guardimesh/contracts'

/** What one thread of simulated nodes is to do. */
export interface PullJob {
  readonly port: number
  readonly caFile: string
  readonly names: readonly string[]
  /** Whole files, as a new node, or the updates, as one that has the generation before. */
  readonly wanted: 'files' | 'deltas'
}

export interface PullRun {
  readonly seconds: number
  readonly receivedBytes: number
}

/** Lets all nodes pull at the same moment, in as many threads as there are processors. @throws Error when one of them fails. */
export async function pullConcurrently(order: PullJob): Promise<PullRun> {
  const threads = availableParallelism()
  const startedAtMs = performance.now()
  const shares = Array.from({ length: threads }, (_, thread) => order.names.filter((_name, index) => index % threads === thread))
  const received = await Promise.all(shares.map((names) => runThread({ ...order, names })))
  return {
    seconds: (performance.now() - startedAtMs) / SECOND_MS,
    receivedBytes: received.reduce((sum, bytes) => sum + bytes, 0),
  }
}

async function runThread(order: PullJob): Promise<number> {
  const worker = new Worker(new URL('./node-worker.js', import.meta.url), { workerData: order })
  const [receivedBytes] = (await once(worker, 'message')) as [number]
  return receivedBytes
}
