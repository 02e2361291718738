/**
 * Returns the target of a request in the form that routes are compared with: no repeated slashes or trailing slash, no percent-encoding.
 * Clients add slashes, such as freshclam to a mirror address that ends with one. The query is unchanged. Pure.
 *
 * @param target path and query, or an absolute URL.
 * @returns `/` for an invalid URL; a path with an encoded slash, dot segment or control character, which no route has, keeps its encoding.
 */
export function normalizeTarget(target: string): string {
  const url = URL.parse(target.startsWith('/') ? `http://server/${target.replace(/^\/+/, '')}` : target)
  if (!url) return '/'
  const segments = url.pathname.split('/').filter((segment) => segment !== '')
  return `/${segments.map(decodeSegment).join('/')}${url.search}`
}

function decodeSegment(segment: string): string {
  try {
    const decoded = decodeURIComponent(segment)
    return /^[\w.~+@-]+$/.test(decoded) && !/^\.+$/.test(decoded) ? decoded : segment
  } catch {
    return segment
  }
}
