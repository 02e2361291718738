/** Distinguishes an MD5 (32 hexadecimal digits) from a SHA-256. Pure. */
export function isMd5(hash: string): boolean {
  return /^[0-9a-f]{32}$/i.test(hash)
}
