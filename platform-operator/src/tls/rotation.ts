import { type CertificatePair, isRenewalDue, isSignedBy, issuedAt } from './certificates.js'

/** The internal certificate authority during its rotation. Clients trust all three certificates. */
export interface AuthorityState {
  /** Signs new certificates. */
  readonly current: CertificatePair
  /** Will sign once all clients trust it. */
  readonly next?: CertificatePair
  /** Signed before; its key has been deleted. */
  readonly previous?: string
}

/** After this long, every pod has read a changed Secret: kubelets update mounted files within two minutes. */
export const PROPAGATION_MS = 10 * 60_000

export type Rotation = 'none' | 'create-next' | 'promote' | 'drop-previous'

/**
 * Determines the next action of the rotation. A successor is trusted everywhere before it signs, and its predecessor stays trusted until no
 * certificate that it signed is in use. Pure.
 *
 * @param leaves certificates in use.
 */
export function nextRotation(state: AuthorityState, leaves: readonly string[], now: Date): Rotation {
  const isPropagated = (certificate: string) => now.getTime() - issuedAt(certificate).getTime() >= PROPAGATION_MS
  if (state.next) return isPropagated(state.next.certificate) ? 'promote' : 'none'
  if (isRenewalDue(state.current.certificate, now)) return 'create-next'
  const isPreviousUnused = leaves.every((leaf) => isSignedBy(leaf, state.current.certificate) && isPropagated(leaf))
  return state.previous !== undefined && isPreviousUnused ? 'drop-previous' : 'none'
}

/** Returns the state after an action. Pure. @param successor for `create-next`. */
export function applyRotation(state: AuthorityState, rotation: Rotation, successor?: CertificatePair): AuthorityState {
  const { current, next, previous } = state
  if (rotation === 'create-next' && successor) return { ...state, next: successor }
  if (rotation === 'promote' && next) return { current: next, previous: current.certificate }
  if (rotation === 'drop-previous') return { current, ...(next ? { next } : {}) }
  return { current, ...(next ? { next } : {}), ...(previous === undefined ? {} : { previous }) }
}

/** PEM of all trusted authorities. Pure. */
export function caBundle({ current, next, previous }: AuthorityState): string {
  return [current.certificate, next?.certificate, previous].filter((pem) => pem !== undefined).join('')
}
