/**
 * Security headers of every answer. The console is served from here, so the policy is the console's: everything from this origin, no inline script.
 * `style-src 'unsafe-inline'`: the console's components set style attributes, which cannot run code.
 */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
}

/** Browsers that came by HTTPS come back by HTTPS only, for a year. */
const STRICT_TRANSPORT = 'max-age=31536000'

/**
 * Headers of every answer; a route may overwrite them. Pure.
 *
 * @param isSecure true when the console is reached by HTTPS.
 */
export function responseHeaders(requestId: string, isSecure: boolean): Record<string, string> {
  return {
    ...SECURITY_HEADERS,
    ...(isSecure ? { 'strict-transport-security': STRICT_TRANSPORT } : {}),
    // What the API tells is true now and for this reader only.
    'cache-control': 'no-store',
    'x-request-id': requestId,
  }
}
