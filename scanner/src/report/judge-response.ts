import { IngestReceipt, MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import type { BackendAnswer } from './backend-client.js'

/** What an answer of the backend's ingest means for what was sent. */
export type Judgement =
  | { readonly kind: 'stored' }
  /** The same body will be refused for ever. */
  | { readonly kind: 'refused'; readonly why: string }
  /** Later; `pauseMs` when the backend named a pause. */
  | { readonly kind: 'later'; readonly why: string; readonly pauseMs?: number }
  /** The key is not accepted: a person has to act. */
  | { readonly kind: 'locked-out'; readonly why: string }

/** A longer pause than this is not believed. */
const RETRY_AFTER_MAX_MS = 10 * MINUTE_MS
const REFUSING_STATUS: readonly number[] = [400, 413, 415, 422]

/** Judges an answer. A 2xx without a receipt is not our backend's (a proxy's page, for one) and counts as "later". Pure. */
export function judgeAnswer(answer: BackendAnswer, nowMs: number): Judgement {
  const why = `status ${answer.status}: ${answer.body.subarray(0, 300).toString('utf8')}`
  if (answer.status === 200) return isReceipt(answer.body) ? { kind: 'stored' } : { kind: 'later', why: `no receipt; ${why}` }
  if (answer.status === 401 || answer.status === 403) return { kind: 'locked-out', why }
  if (REFUSING_STATUS.includes(answer.status)) return { kind: 'refused', why }
  const pauseMs = parseRetryAfter(answer.headers['retry-after'], nowMs)
  return { kind: 'later', why, ...(pauseMs === undefined ? {} : { pauseMs }) }
}

function isReceipt(body: Buffer): boolean {
  try {
    return IngestReceipt.safeParse(JSON.parse(body.toString('utf8'))).success
  } catch {
    return false
  }
}

/** Reads a Retry-After header: seconds or a date. @returns milliseconds, or undefined when there is none that makes sense. Pure. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined
  const pauseMs = /^\d+$/.test(value.trim()) ? Number(value) * SECOND_MS : Date.parse(value) - nowMs
  return Number.isFinite(pauseMs) ? Math.min(Math.max(pauseMs, 0), RETRY_AFTER_MAX_MS) : undefined
}
