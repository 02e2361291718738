import { isSignatureBundleName } from '@guardimesh/contracts'
import { isContainerName } from './container.js'
import { isSignatureName, type SignatureKind } from './signature-names.js'

/** What can be brought in. A hash list becomes loose databases, an delta a container; a bundle holds all of the others. */
export type ImportForm = 'bundle' | 'container' | 'loose' | 'rules' | 'hash-list' | 'delta' | 'detached-signature'

/** The names of what an administrator adds by the console; nobody else may use them. */
const CUSTOM_NAME = { clamav: /^guardimesh-custom\./, yara: /^custom-/ }
const PLAIN_NAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/

/** True for a name that only Guardimesh itself gives. Pure. */
export function isReservedName(kind: SignatureKind, name: string): boolean {
  return CUSTOM_NAME[kind].test(name)
}

/** What a file of that name is; undefined for a name that is of no use. Pure. */
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

/** Reads "daily-27001.cdiff": the step of `daily` to version 27001. Pure. */
export function parseDeltaName(name: string): { readonly stem: string; readonly version: number } | undefined {
  const [, stem, version] = /^(.+)-(\d{1,9})\.cdiff$/.exec(name) ?? []
  return stem === undefined ? undefined : { stem, version: Number(version) }
}

/** What a detached signature belongs to: an delta, or a container, of a version when the name says so. */
export type SignedFile =
  | { readonly kind: 'delta'; readonly name: string }
  | { readonly kind: 'container'; readonly stem: string; readonly version: number | undefined }

/** Reads "daily-27001.cvd.sign" or "daily-27001.cdiff.sign", as ClamAV 1.5 names them. Pure. */
export function signedFileOf(name: string): SignedFile | undefined {
  const [, signed = ''] = /^(.+)\.sign$/.exec(name) ?? []
  if (parseDeltaName(signed)) return { kind: 'delta', name: signed }
  const [, stem, version] = /^(.+?)(?:-(\d{1,9}))?\.(?:cvd|cld|cud)$/.exec(signed) ?? []
  return stem === undefined ? undefined : { kind: 'container', stem, version: version === undefined ? undefined : Number(version) }
}

/** The name without its ending. Pure. */
export function stemOf(name: string): string {
  return name.replace(/\.[^.]+$/, '')
}
