import { isSignatureBundleName } from '@guardimesh/contracts/signatures/bundle'
import { isContainerName } from './container.js'
import { isSignatureName, type SignatureKind } from './signature-names.js'

/** Formats that can be imported. A hash list is converted to loose databases, a delta to a container; a bundle contains the others. */
export type ImportForm = 'bundle' | 'container' | 'loose' | 'rules' | 'hash-list' | 'delta' | 'detached-signature'

/** Names of the custom signatures, which imports must not use. */
const CUSTOM_NAME = { clamav: /^guardimesh-custom\./, yara: /^custom-/ }
const PLAIN_NAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/

/** True for a name that is reserved for custom signatures. Pure. */
export function isReservedName(kind: SignatureKind, name: string): boolean {
  return CUSTOM_NAME[kind].test(name)
}

/** Returns the format of a file by its name; undefined if it cannot be imported. Pure. */
export function importFormOf(kind: SignatureKind, name: string): ImportForm | undefined {
  if (isReservedName(kind, name) || !PLAIN_NAME.test(name)) return undefined
  if (isSignatureBundleName(name)) return 'bundle'
  if (kind === 'yara') return isSignatureName(kind, name) ? 'rules' : undefined
  if (parseDeltaName(name)) return 'delta'
  if (signedFileOf(name)) return 'detached-signature'
  if (/\.(hashes|csv)$/.test(name)) return 'hash-list'
  if (!isSignatureName(kind, name)) return undefined
  return isContainerName(name) ? 'container' : 'loose'
}

/** Parses "daily-27001.cdiff", the delta of `daily` to version 27001. Pure. */
export function parseDeltaName(name: string): { readonly stem: string; readonly version: number } | undefined {
  const [, stem, version] = /^(.+)-(\d{1,9})\.cdiff$/.exec(name) ?? []
  return stem === undefined ? undefined : { stem, version: Number(version) }
}

/** The file that a detached signature belongs to: a delta, or a container, with its version if the name contains one. */
export type SignedFile =
  | { readonly kind: 'delta'; readonly name: string }
  | { readonly kind: 'container'; readonly stem: string; readonly version: number | undefined }

/** Parses "daily-27001.cvd.sign" or "daily-27001.cdiff.sign", the names of ClamAV 1.5. Pure. */
export function signedFileOf(name: string): SignedFile | undefined {
  const [, signed = ''] = /^(.+)\.sign$/.exec(name) ?? []
  if (parseDeltaName(signed)) return { kind: 'delta', name: signed }
  const [, stem, version] = /^(.+?)(?:-(\d{1,9}))?\.(?:cvd|cld|cud)$/.exec(signed) ?? []
  return stem === undefined ? undefined : { kind: 'container', stem, version: version === undefined ? undefined : Number(version) }
}

/** Returns the name without its extension. Pure. */
export function stemOf(name: string): string {
  return name.replace(/\.[^.]+$/, '')
}
