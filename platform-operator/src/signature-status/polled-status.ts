import type { SignatureServerStatus } from '@guardimesh/contracts'

/** What is known of a signature server. */
export type PolledStatus =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'answered'; readonly status: SignatureServerStatus }
