import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { SECOND_MS } from '@guardimesh/contracts'

/** Work of one thread of simulated nodes. */
export interface PullJob {
  readonly port: number
  readonly caFile: string
  readonly names: readonly string[]
  /** Complete files, as for a new node, or deltas, as for a node with the previous generation. */
  readonly wanted: 'files' | 'deltas'
}

export interface PullRun {
  readonly seconds: number
  readonly receivedBytes: number
}

/** Runs the pulls of all nodes at the same time, in one thread per processor. @throws Error if one of them fails. */
export async function pullConcurrently(job: PullJob): Promise<PullRun> {
  const threads = availableParallelism()
  const startedAtMs = performance.now()
  const shares = Array.from({ length: threads }, (_, thread) => job.names.filter((_name, index) => index % threads === thread))
  const received = await Promise.all(shares.map((names) => runThread({ ...job, names })))
  return {
    seconds: (performance.now() - startedAtMs) / SECOND_MS,
    receivedBytes: received.reduce((sum, bytes) => sum + bytes, 0),
  }
}

async function runThread(job: PullJob): Promise<number> {
  const worker = new Worker(new URL('./node-worker.js', import.meta.url), { workerData: job })
  const [receivedBytes] = (await once(worker, 'message')) as [number]
  return receivedBytes
}
