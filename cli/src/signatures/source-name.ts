import { isSignatureName, type SignatureKind } from '@guardimesh/kit'

/** What a file name says about a file that can be brought in. `stem` is "daily" of "daily.cvd", "daily-27001.cdiff" and their signatures. */
export type SourceName =
  | { readonly form: 'container'; readonly stem: string }
  | { readonly form: 'step'; readonly stem: string; readonly number: number }
  | { readonly form: 'signature'; readonly of: string; readonly stem: string }
  | { readonly form: 'loose' }

const CONTAINER = /^(.+)\.(cvd|cld|cud)$/
const STEP = /^(.+)-(\d{1,9})\.cdiff$/
/** ClamAV 1.5 gives each of its files a detached signature, that of a container with its number in the name: "daily-27001.cvd.sign". */
const SIGNATURE = /^((.+?)(?:-\d{1,9})?\.(?:cvd|cld|cud|cdiff))\.sign$/

/** Lists of hashes with names, which the signature server makes databases of. */
const HASH_LIST = /\.(hashes|csv)$/

/** @returns undefined for what no signature server takes: logs, state of freshclam. Pure. */
export function parseSourceName(kind: SignatureKind, name: string): SourceName | undefined {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/.test(name)) return undefined
  if (kind === 'yara') return isSignatureName(kind, name) ? { form: 'loose' } : undefined
  const [, of, signedStem] = SIGNATURE.exec(name) ?? []
  if (of !== undefined && signedStem !== undefined) return { form: 'signature', of, stem: signedStem }
  const [, stepStem, number] = STEP.exec(name) ?? []
  if (stepStem !== undefined) return { form: 'step', stem: stepStem, number: Number(number) }
  const [, stem] = CONTAINER.exec(name) ?? []
  if (stem !== undefined) return { form: 'container', stem }
  return isSignatureName(kind, name) || HASH_LIST.test(name) ? { form: 'loose' } : undefined
}
