import { isIP, type Socket } from 'node:net'
import { messageOf, systemCodeOf } from '@guardimesh/kit'
import type { Outcome, Phase, Transport } from './channel-driver.js'
import { refusedAddress } from './receiver-addresses.js'

/** An outcome without its duration. */
type Result<Kind extends Outcome['kind']> = Kind extends unknown ? Omit<Extract<Outcome, { kind: Kind }>, 'durationMs'> : never
/** What a receiver responded. */
export type Response = Result<'answered' | 'delivered' | 'rejected'>

/** State of an attempt, for the exchange with the receiver. */
export interface Attempt {
  /** Aborted at the deadline and when the process stops. */
  readonly signal: AbortSignal
  readonly onPhase: (phase: Phase) => void
}

/** Runs one exchange within the timeout and the rules of addresses. Never rejects. @param host host name or address, without brackets. */
export async function runAttempt(
  host: string,
  { timeoutMs, addresses, signal }: Pick<Transport, 'timeoutMs' | 'addresses' | 'signal'>,
  exchange: (attempt: Attempt) => Promise<Response>,
): Promise<Outcome> {
  const startedAtMs = performance.now()
  const deadline = AbortSignal.timeout(timeoutMs)
  let phase: Phase = isIP(host) === 0 ? 'name' : 'connect'
  const durationMs = () => Math.round(performance.now() - startedAtMs)
  const onPhase = (reached: Phase) => {
    phase = reached
  }
  try {
    // An address is not resolved, so `lookup` does not check it.
    if (isIP(host) !== 0 && !addresses.isAllowed(host)) throw refusedAddress(host)
    return { ...(await exchange({ signal: AbortSignal.any([deadline, signal]), onPhase })), durationMs: durationMs() }
  } catch (error) {
    if (signal.aborted) return { kind: 'interrupted' }
    if (deadline.aborted) return { kind: 'failed', phase, code: 'TIMEOUT', message: '', durationMs: durationMs() }
    return { kind: 'failed', phase, code: systemCodeOf(error) ?? '', message: messageOf(error), durationMs: durationMs() }
  }
}

/** Reports the phases of a connection. */
export function watchPhases(socket: Socket, isTls: boolean, onPhase: Attempt['onPhase']): void {
  socket.once('lookup', (error: Error | null) => {
    if (!error) onPhase('connect')
  })
  socket.once('connect', () => onPhase(isTls ? 'tls' : 'answer'))
  socket.once('secureConnect', () => onPhase('answer'))
}

/** TLS options of a connection. Pure. */
export function tlsOptions({ isTlsVerified, authorities }: Pick<Transport, 'isTlsVerified' | 'authorities'>) {
  return {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: isTlsVerified,
    ...(authorities ? { secureContext: authorities } : {}),
  } as const
}
