import { type CertificatePair, isRenewalDue, isSignedBy, issuedAt } from './certificates.js'

/** The internal authority: who signs, who signs next, and who signed before. All of them are trusted. */
export interface AuthorityState {
  readonly current: CertificatePair
  readonly next?: CertificatePair
  /** Certificate only: its key is gone. */
  readonly previous?: string
}

/** Until this long after a change every pod has read it: Kubernetes brings new files to pods within two minutes. */
export const PROPAGATION_MS = 10 * 60_000

export type Rotation = 'none' | 'make-next' | 'promote' | 'drop-previous'

/**
 * What to do about the authority now. A successor is trusted everywhere before it signs anything, and its predecessor until nothing that it
 * signed is in use. Pure.
 *
 * @param leaves certificates in use.
 */
export function nextRotation(state: AuthorityState, leaves: readonly string[], now: Date): Rotation {
  const hasSettled = (certificate: string) => now.getTime() - issuedAt(certificate).getTime() >= PROPAGATION_MS
  if (state.next) return hasSettled(state.next.certificate) ? 'promote' : 'none'
  if (isRenewalDue(state.current.certificate, now)) return 'make-next'
  const isUnused = leaves.every((leaf) => isSignedBy(leaf, state.current.certificate) && hasSettled(leaf))
  return state.previous !== undefined && isUnused ? 'drop-previous' : 'none'
}

/** The state after a step. Pure. @param successor for `make-next`. */
export function applyRotation(state: AuthorityState, step: Rotation, successor?: CertificatePair): AuthorityState {
  const { current, next, previous } = state
  if (step === 'make-next' && successor) return { ...state, next: successor }
  if (step === 'promote' && next) return { current: next, previous: current.certificate }
  if (step === 'drop-previous') return { current, ...(next ? { next } : {}) }
  return { current, ...(next ? { next } : {}), ...(previous === undefined ? {} : { previous }) }
}

/** PEM of every authority that is trusted. Pure. */
export function caBundle({ current, next, previous }: AuthorityState): string {
  return [current.certificate, next?.certificate, previous].filter((pem) => pem !== undefined).join('')
}
