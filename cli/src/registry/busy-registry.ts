import { backoffMs, sleep } from '@guardimesh/kit'
import type { HttpAnswer, HttpRequest } from '../net/http-request.js'

const ATTEMPTS_MAX = 5
const RETRY = { firstMs: 1000, maxMs: 10_000 }
/** A registry that asks for a longer pause is reported instead of waited for. */
const PAUSE_MAX_MS = 120_000

/**
 * Repeats a request that a busy registry, or a proxy in front of it, did not process: 429, or 503. A PATCH after 503 is left to the upload, which
 * first queries how much of it was received.
 */
export async function sendWhenReady(request: HttpRequest, send: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await send()
    const isBusy = answer.status === 429 || (answer.status === 503 && request.method !== 'PATCH')
    const pauseMs = retryAfterMs(String(answer.headers['retry-after'] ?? ''), Date.now()) ?? backoffMs(attempt, RETRY)
    if (!isBusy || attempt === ATTEMPTS_MAX || pauseMs > PAUSE_MAX_MS || request.signal?.aborted) return answer
    await sleep(pauseMs, request.signal)
  }
}

/** Parses a "retry-after" header, in seconds or as a date; undefined without a valid one. Pure. */
export function retryAfterMs(header: string, nowMs: number): number | undefined {
  if (/^[0-9]+$/.test(header)) return Number(header) * 1000
  const atMs = /[A-Za-z]/.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs)
}
