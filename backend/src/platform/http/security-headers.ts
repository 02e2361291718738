/**
 * Security headers of all responses, with the content security policy of the console: same origin only, no inline scripts.
 * `style-src 'unsafe-inline'`: components of the console set style attributes, which cannot run code.
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

/** Restricts browsers to HTTPS for a year. */
const STRICT_TRANSPORT = 'max-age=31536000'

/**
 * Returns the headers of all responses; routes may override them. Pure.
 *
 * @param isSecure true if the console uses HTTPS.
 */
export function responseHeaders(requestId: string, isSecure: boolean): Record<string, string> {
  return {
    ...SECURITY_HEADERS,
    ...(isSecure ? { 'strict-transport-security': STRICT_TRANSPORT } : {}),
    // Responses of the API are valid for this moment and user only.
    'cache-control': 'no-store',
    'x-request-id': requestId,
  }
}
