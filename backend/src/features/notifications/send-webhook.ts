import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { KIB_BYTES } from '@guardimesh/contracts'
import { messageOf, readBounded, systemCodeOf } from '@guardimesh/kit'
import { type ReceiverAddresses, refusedAddress } from './receiver-addresses.js'

/** Maximum response size to read; only the status matters. */
const RESPONSE_MAX_BYTES = 16 * KIB_BYTES

/** Phase that an attempt reached. */
export type Phase = 'name' | 'connect' | 'tls' | 'answer'

/** Outcome of one attempt. */
export type Outcome =
  | { readonly kind: 'answered'; readonly statusCode: number; readonly durationMs: number }
  | {
      readonly kind: 'failed'
      readonly phase: Phase
      /** Code of Node or OpenSSL, "TIMEOUT" after a timeout, or empty. */
      readonly code: string
      readonly message: string
      readonly durationMs: number
    }
  /** The process is stopping. */
  | { readonly kind: 'interrupted' }

export interface WebhookRequest {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Timeout from name resolution to the start of the response. */
  readonly timeoutMs: number
  readonly isTlsVerified: boolean
  /** Trusted certificate authorities; undefined for http. */
  readonly authorities: SecureContext | undefined
  /** Addresses that the message may be sent to. */
  readonly addresses: Pick<ReceiverAddresses, 'isAllowed' | 'lookup'>
  /** Aborts the attempt. */
  readonly signal: AbortSignal
}

/** Sends a message once. Does not follow redirects and keeps only the status, because a response may echo secrets. Never rejects. */
export async function sendWebhook(options: WebhookRequest): Promise<Outcome> {
  const startedAtMs = performance.now()
  const deadline = AbortSignal.timeout(options.timeoutMs)
  const host = options.url.hostname.replace(/^\[|\]$/g, '')
  let phase: Phase = isIP(host) === 0 ? 'name' : 'connect'
  const durationMs = () => Math.round(performance.now() - startedAtMs)
  try {
    // An address in the URL is not resolved.
    if (isIP(host) !== 0 && !options.addresses.isAllowed(host)) throw refusedAddress(host)
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

/**
 * Resolves with the status once the response has started: the status already states whether the message was accepted. Then reads the body up
 * to a limit and the deadline, so that the receiver can finish; errors are ignored.
 */
function exchange(options: WebhookRequest, signal: AbortSignal, onPhase: (phase: Phase) => void): Promise<number> {
  const { url, method, body, isTlsVerified, authorities, addresses } = options
  const isTls = url.protocol === 'https:'
  const headers = { ...options.headers, 'content-length': String(Buffer.byteLength(body)) }
  const { lookup } = addresses
  const settings = { method, headers, signal, lookup, agent: false, maxHeaderSize: RESPONSE_MAX_BYTES } as const
  const tls = { minVersion: 'TLSv1.2', rejectUnauthorized: isTlsVerified, ...(authorities ? { secureContext: authorities } : {}) } as const
  return new Promise((resolve, reject) => {
    const sent = isTls ? requestHttps(url, { ...settings, ...tls }) : requestHttp(url, settings)
    sent.once('socket', (socket) => watchPhases(socket, isTls, onPhase))
    sent.once('response', (answer) => {
      resolve(answer.statusCode ?? 0)
      const end = () => answer.destroy()
      readBounded(answer, RESPONSE_MAX_BYTES).then(end, end)
    })
    // Without this listener, Node closes the connection without any event, and the deadline would have no effect.
    sent.once('upgrade', ({ statusCode }, socket) => {
      socket.destroy()
      resolve(statusCode ?? 0)
    })
    // `on`, not `once`: a connection error may follow the response.
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
