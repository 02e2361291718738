import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { KIB_BYTES } from '@guardimesh/contracts'
import { messageOf, systemCodeOf } from '@guardimesh/kit'

/** More of an answer than this nobody reads; only its status counts. */
const ANSWER_MAX_BYTES = 16 * KIB_BYTES

/** How far an attempt came. */
export type Phase = 'name' | 'connect' | 'tls' | 'answer'

/** What came of one attempt. */
export type Outcome =
  | { readonly kind: 'answered'; readonly statusCode: number; readonly durationMs: number }
  | {
      readonly kind: 'failed'
      readonly phase: Phase
      /** Code of Node or OpenSSL; "TIMEOUT" when the time was up; empty when there is none. */
      readonly code: string
      readonly message: string
      readonly durationMs: number
    }
  /** The process stops. */
  | { readonly kind: 'interrupted' }

export interface WebhookRequest {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** From the look-up of the name to the end of the answer. */
  readonly timeoutMs: number
  readonly isTlsVerified: boolean
  /** Whom to believe; undefined with http. */
  readonly authorities: SecureContext | undefined
  /** Ends the attempt early. */
  readonly signal: AbortSignal
}

/** Sends once. Redirects are not followed, and nothing of the answer is kept but its status: a receiver may repeat what it was sent. Never rejects. */
export async function sendWebhook(options: WebhookRequest): Promise<Outcome> {
  const startedAtMs = performance.now()
  const deadline = AbortSignal.timeout(options.timeoutMs)
  let phase: Phase = isIP(options.url.hostname.replace(/^\[|\]$/g, '')) === 0 ? 'name' : 'connect'
  const durationMs = () => Math.round(performance.now() - startedAtMs)
  try {
    const statusCode = await exchange(options, AbortSignal.any([deadline, options.signal]), (reached) => {
      phase = reached
    })
    return { kind: 'answered', statusCode, durationMs: durationMs() }
  } catch (error) {
    if (options.signal.aborted) return { kind: 'interrupted' }
    if (deadline.aborted) return { kind: 'failed', phase, code: 'TIMEOUT', message: '', durationMs: durationMs() }
    return { kind: 'failed', phase, code: systemCodeOf(error) ?? '', message: messageOf(error), durationMs: durationMs() }
  }
}

/** @returns the status; from when it is there on nothing can fail any more. */
function exchange(options: WebhookRequest, signal: AbortSignal, onPhase: (phase: Phase) => void): Promise<number> {
  const { url, method, body, isTlsVerified, authorities } = options
  const isTls = url.protocol === 'https:'
  const headers = { ...options.headers, 'content-length': String(Buffer.byteLength(body)) }
  const settings = { method, headers, signal, agent: false, maxHeaderSize: ANSWER_MAX_BYTES } as const
  const tls = { minVersion: 'TLSv1.2', rejectUnauthorized: isTlsVerified, ...(authorities ? { secureContext: authorities } : {}) } as const
  return new Promise((resolve, reject) => {
    const sent = isTls ? requestHttps(url, { ...settings, ...tls }) : requestHttp(url, settings)
    sent.once('socket', (socket) => watchPhases(socket, isTls, onPhase))
    sent.once('response', (answer) => {
      const end = () => {
        answer.destroy()
        resolve(answer.statusCode ?? 0)
      }
      let sizeBytes = 0
      answer.on('data', (chunk: Buffer) => {
        sizeBytes += chunk.length
        if (sizeBytes > ANSWER_MAX_BYTES) end()
      })
      // Also when the time is up or the connection is lost half-way: what the receiver thinks of the message it has said.
      answer.once('end', end).once('error', end).once('close', end)
    })
    // Stays: an error of the connection may follow the answer.
    sent.on('error', reject)
    sent.end(body)
  })
}

function watchPhases(socket: Socket, isTls: boolean, onPhase: (phase: Phase) => void): void {
  socket.once('lookup', (error: Error | null) => {
    if (!error) onPhase('connect')
  })
  socket.once('connect', () => onPhase(isTls ? 'tls' : 'answer'))
  socket.once('secureConnect', () => onPhase('answer'))
}
