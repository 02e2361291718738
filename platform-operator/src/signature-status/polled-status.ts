import type { SignatureServerStatus } from '@guardimesh/contracts'

/** Result of the last poll of a signature server; `unknown` before the first one. */
export type PolledStatus =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'answered'; readonly status: SignatureServerStatus }
