import { importFormOf, parseDeltaName, type SignatureKind, type SignedFile, signedFileOf, stemOf } from '@guardimesh/signature-format'

/** A parsed file name of a signature file. `stem` is "daily" for "daily.cvd" and "daily-27001.cdiff". */
export type SourceName =
  | { readonly form: 'container'; readonly stem: string }
  | { readonly form: 'delta'; readonly stem: string; readonly version: number }
  | { readonly form: 'detached-signature'; readonly of: SignedFile }
  | { readonly form: 'loose' }

/** @returns undefined for bundles and for files that cannot be imported, such as logs and state files of freshclam. Pure. */
export function parseSourceName(kind: SignatureKind, name: string): SourceName | undefined {
  const form = importFormOf(kind, name)
  if (form === undefined || form === 'bundle') return undefined
  if (form === 'container') return { form, stem: stemOf(name) }
  const delta = form === 'delta' ? parseDeltaName(name) : undefined
  if (delta) return { form: 'delta', ...delta }
  const of = form === 'detached-signature' ? signedFileOf(name) : undefined
  return of ? { form: 'detached-signature', of } : { form: 'loose' }
}
