import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** Concurrent clients of each kind of hostile request. Each sends its next request after the answer to the last. */
export const CLIENTS = { mutated: 4, 'unknown-fields': 2, generated: 2 } as const
/** Connections that send a login a byte per second. Each opens a new one when the backend closes it. */
export const SLOW_CONNECTIONS = 200

export type HostileKind = keyof typeof CLIENTS | 'slow-login'

/** Work of the thread that sends hostile requests. */
export interface HostileJob {
  readonly url: string
  readonly email: string
  readonly password: string
  readonly ingestionKey: string
  readonly readKey: string
  /** Mutated bodies to send; the other kinds are repeated until their answers have arrived. */
  readonly mutatedBodies: number
}

/** Answers by kind, and by status or error code. */
export type AnswerCounts = Readonly<Record<HostileKind, Readonly<Record<string, number>>>>

/** Sends hostile requests from a thread of its own. @returns the answers. @throws the error of the thread. */
export async function runHostileLoad(job: HostileJob): Promise<AnswerCounts> {
  const worker = new Worker(new URL('./hostile-worker.js', import.meta.url), { workerData: job })
  const [answers] = (await once(worker, 'message')) as [AnswerCounts]
  return answers
}
