/** Tells an MD5 from a SHA-256 by its 32 hexadecimal digits. Pure. */
export function isMd5(hash: string): boolean {
  return /^[0-9a-f]{32}$/i.test(hash)
}
