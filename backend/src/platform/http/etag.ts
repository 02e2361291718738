/** True if a list of ETags (If-None-Match, If-Match) contains this one or "*". Weak and strong ETags are equivalent. Pure. */
export function namesEtag(header: string, etag: string): boolean {
  return header.split(',').some((entry) => entry.trim() === '*' || entry.trim().replace(/^W\//, '') === etag)
}
