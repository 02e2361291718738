import { PROTOBUF_MEDIA_TYPE, SECOND_MS } from '@guardimesh/contracts'
import { ApiClient } from '@guardimesh/dev/api-client.js'
import { sleep, systemCodeOf } from '@guardimesh/kit'
import { aResult, batchBody } from '@guardimesh/testbed/ingest-messages.js'
import type { BenchPlatform } from '../platform.js'
import { percentile } from '../statistics.js'

const RESULTS_PER_BATCH = 20
/** Rate of each kind of request. */
export const REQUESTS_PER_SECOND = 10

/** Requests of users and nodes by name. */
export type OrdinaryRequests = Readonly<Record<string, () => Promise<Response>>>

/** Response times of one kind in milliseconds, and answers by status or error code. */
export interface Latencies {
  readonly name: string
  readonly requests: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
  readonly answers: Readonly<Record<string, number>>
}

/** Returns requests of a user with a session, of a probe and of a node. */
export function ordinaryRequests({ env, api, ingestionKey }: BenchPlatform): OrdinaryRequests {
  const node = ApiClient.withKey(env.facts.url, ingestionKey)
  const headers = { 'content-type': PROTOBUF_MEDIA_TYPE }
  const body = () => batchBody(Array.from({ length: RESULTS_PER_BATCH }, () => aResult({ nodeName: 'ordinary' })))
  return {
    findings: () => api.send('GET', '/api/findings?limit=50'),
    coverage: () => api.send('GET', '/api/coverage'),
    nodes: () => api.send('GET', '/api/nodes'),
    readyz: () => api.send('GET', '/readyz'),
    ingest: () => node.send('POST', '/api/v1/scan/results', body(), headers),
  }
}

/**
 * Sends requests at a fixed rate until `signal` is aborted. Response times count from the planned start, so that requests which wait for an
 * earlier one are not left out.
 */
export async function measureOrdinary(requests: OrdinaryRequests, signal: AbortSignal): Promise<Latencies[]> {
  const kinds = Object.entries(requests).map(([name, send]) => ({
    name,
    send,
    times: [] as number[],
    answers: {} as Record<string, number>,
  }))
  const intervalMs = SECOND_MS / REQUESTS_PER_SECOND / kinds.length
  const pending: Promise<void>[] = []
  const startedAtMs = performance.now()
  for (let sent = 0; !signal.aborted; sent++) {
    const plannedAtMs = startedAtMs + sent * intervalMs
    await sleep(Math.max(0, plannedAtMs - performance.now()))
    const kind = kinds[sent % kinds.length] as (typeof kinds)[number]
    pending.push(
      answerOf(kind.send).then((answer) => {
        kind.times.push(performance.now() - plannedAtMs)
        kind.answers[answer] = (kind.answers[answer] ?? 0) + 1
      }),
    )
  }
  await Promise.all(pending)
  return kinds.map(({ name, times, answers }) => ({ name, ...summarize(times), answers }))
}

/** @returns the status, or the code of the error. */
async function answerOf(send: () => Promise<Response>): Promise<string> {
  try {
    const response = await send()
    await response.arrayBuffer()
    return String(response.status)
  } catch (error) {
    return systemCodeOf(error) ?? String(error)
  }
}

function summarize(times: readonly number[]): Omit<Latencies, 'name' | 'answers'> {
  const at = (share: number) => percentile(times, share)
  return { requests: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}
