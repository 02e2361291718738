import { importFormOf, parseDeltaName, type SignatureKind, type SignedFile, signedFileOf, stemOf } from '@guardimesh/signature-format'

/** What a file name says about a file that goes into a bundle. `stem` is "daily" of "daily.cvd" and "daily-27001.cdiff". */
export type SourceName =
  | { readonly form: 'container'; readonly stem: string }
  | { readonly form: 'step'; readonly stem: string; readonly number: number }
  | { readonly form: 'signature'; readonly of: SignedFile }
  | { readonly form: 'loose' }

/** @returns undefined for what no signature server takes, such as logs and the state of freshclam, and for bundles. Pure. */
export function parseSourceName(kind: SignatureKind, name: string): SourceName | undefined {
  const form = importFormOf(kind, name)
  if (form === undefined || form === 'bundle') return undefined
  if (form === 'container') return { form, stem: stemOf(name) }
  const step = form === 'delta' ? parseDeltaName(name) : undefined
  if (step) return { form: 'step', stem: step.stem, number: step.version }
  const of = form === 'detached-signature' ? signedFileOf(name) : undefined
  return of ? { form: 'signature', of } : { form: 'loose' }
}
