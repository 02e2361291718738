/** What contents are named by. The key is the column of `file_sightings`, and of the table of those that are hunted. */
export const HASH_KINDS = {
  sha256: { hunted: 'hunted_hashes', hexDigits: 64 },
  md5: { hunted: 'hunted_md5s', hexDigits: 32 },
} as const
export type HashKind = keyof typeof HASH_KINDS
export const HASH_KIND_NAMES = Object.keys(HASH_KINDS) as readonly HashKind[]

/** Tells hashes of one kind from the others by their hexadecimal digits. Pure. */
export function isOfKind(kind: HashKind, hash: string): boolean {
  return hash.length === HASH_KINDS[kind].hexDigits
}
