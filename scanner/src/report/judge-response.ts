import { IngestReceipt } from '@guardimesh/contracts/http/ingest'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import type { JsonResponse } from '@guardimesh/kit'

/** Consequence of a response to a batch that was sent. */
export type Judgement =
  | { readonly kind: 'stored' }
  /** The backend will never accept this body. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Retry; `pauseMs` when the backend sent Retry-After. */
  | { readonly kind: 'later'; readonly reason: string; readonly pauseMs?: number }
  /** The API key is rejected: a user must act. */
  | { readonly kind: 'locked-out'; readonly reason: string }

/** Upper bound for Retry-After. */
const RETRY_AFTER_MAX_MS = 10 * MINUTE_MS
const REFUSING_STATUS: readonly number[] = [400, 413, 415, 422]

/** Judges a response. A 200 without a receipt is not from our backend (for example the page of a proxy) and counts as "later". Pure. */
export function judgeResponse(response: Pick<JsonResponse, 'status' | 'headers' | 'bytes'>, nowMs: number): Judgement {
  const reason = `status ${response.status}: ${response.bytes.subarray(0, 300).toString('utf8')}`
  if (response.status === 200) return isReceipt(response.bytes) ? { kind: 'stored' } : { kind: 'later', reason: `no receipt; ${reason}` }
  if (response.status === 401 || response.status === 403) return { kind: 'locked-out', reason }
  if (REFUSING_STATUS.includes(response.status)) return { kind: 'refused', reason }
  const pauseMs = parseRetryAfter(response.headers['retry-after'], nowMs)
  return { kind: 'later', reason, ...(pauseMs === undefined ? {} : { pauseMs }) }
}

function isReceipt(body: Buffer): boolean {
  try {
    return IngestReceipt.safeParse(JSON.parse(body.toString('utf8'))).success
  } catch {
    return false
  }
}

/** Parses a Retry-After header with seconds or a date. @returns milliseconds; undefined when it is missing or invalid. Pure. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined
  const pauseMs = /^\d+$/.test(value.trim()) ? Number(value) * SECOND_MS : Date.parse(value) - nowMs
  return Number.isFinite(pauseMs) ? Math.min(Math.max(pauseMs, 0), RETRY_AFTER_MAX_MS) : undefined
}
