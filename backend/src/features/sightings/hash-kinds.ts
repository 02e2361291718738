/** Hash kinds. The key is the column of `file_sightings` and of the table of hunted hashes. */
export const HASH_KINDS = {
  sha256: { hunted: 'hunted_hashes', hexDigits: 64 },
  md5: { hunted: 'hunted_md5s', hexDigits: 32 },
} as const
export type HashKind = keyof typeof HASH_KINDS
export const HASH_KIND_NAMES = Object.keys(HASH_KINDS) as readonly HashKind[]

/** True if a hexadecimal hash has the length of this kind. Pure. */
export function isOfKind(kind: HashKind, hash: string): boolean {
  return hash.length === HASH_KINDS[kind].hexDigits
}
