import { expect, test } from 'vitest'
import type { Outcome, Phase } from './drivers/channel-driver.js'
import { explainOutcome, isAccepted } from './explain-outcome.js'

const answered = (statusCode: number): Outcome => ({ kind: 'answered', statusCode, durationMs: 1 })
const failed = (code: string, phase: Phase = 'connect', message = ''): Outcome => ({ kind: 'failed', phase, code, message, durationMs: 1 })
const rejected = (statusCode: number, command: string): Outcome => ({ kind: 'rejected', statusCode, command, durationMs: 1 })
const url = new URL('https://hooks.example:8443/hidden?token=hidden')
const explain = (outcome: Outcome) => explainOutcome(outcome, url, 5000)

test.each([200, 201, 202, 204])('accepts %i', (status) => {
  expect(isAccepted(answered(status))).toBe(true)
  expect(explain(answered(status))).toBe('')
})

test('accepts a message without a status', () => expect(isAccepted({ kind: 'delivered', statusCode: null, durationMs: 1 })).toBe(true))

test.each([
  { outcome: answered(302), says: /responded with 302.*Redirects are not followed/ },
  { outcome: answered(400), says: /responded with 400 instead of 2xx/ },
  { outcome: answered(401), says: /responded with 401.*Check the headers/ },
  { outcome: answered(404), says: /responded with 404: not found/ },
  { outcome: answered(500), says: /responded with 500: server error/ },
  { outcome: failed('ENOTFOUND', 'name'), says: /Host name hooks\.example not found/ },
  { outcome: failed('EAI_AGAIN', 'name'), says: /Host name hooks\.example not found/ },
  {
    outcome: failed('ADDRESS_REFUSED', 'name', '127.0.0.1'),
    says: /has the address 127\.0\.0\.1.*NOTIFICATION_ALLOWED_NETWORKS.*allowedNetworks/,
  },
  { outcome: failed('SECRETS_UNREADABLE', 'name'), says: /Nothing was sent: .* cannot be decrypted .*Enter them again/ },
  { outcome: failed('ECONNREFUSED'), says: /refused the connection/ },
  { outcome: failed('EHOSTUNREACH'), says: /hooks\.example:8443 is unreachable.*NetworkPolicy/ },
  { outcome: failed('ECONNRESET', 'answer'), says: /closed the connection/ },
  { outcome: failed('TIMEOUT', 'name'), says: /Name resolution.*timed out after 5 s.*NetworkPolicy/ },
  { outcome: failed('TIMEOUT', 'connect'), says: /connection to hooks\.example:8443 timed out after 5 s.*NetworkPolicy/ },
  { outcome: failed('ETIMEDOUT', 'connect'), says: /NetworkPolicy/ },
  { outcome: failed('TIMEOUT', 'tls'), says: /TLS handshake.*timed out/ },
  { outcome: failed('TIMEOUT', 'answer'), says: /did not respond within 5 s\.$/ },
  { outcome: failed('DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'), says: /not trusted.*notifications\.caSecret/ },
  { outcome: failed('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'), says: /not trusted/ },
  { outcome: failed('CERT_HAS_EXPIRED', 'tls'), says: /is expired/ },
  { outcome: failed('ERR_TLS_CERT_ALTNAME_INVALID', 'tls'), says: /for other host names/ },
  { outcome: failed('EPROTO', 'tls'), says: /TLS handshake.*failed/ },
  { outcome: failed('HPE_INVALID_CONSTANT', 'answer'), says: /invalid HTTP response/ },
  { outcome: rejected(535, 'AUTH PLAIN'), says: /rejected the command AUTH PLAIN with 535: access denied/ },
  { outcome: rejected(454, 'STARTTLS'), says: /does not support STARTTLS/ },
  { outcome: rejected(550, 'MAIL FROM'), says: /Check the sender's address/ },
  { outcome: rejected(550, 'RCPT TO'), says: /Check the recipients' addresses/ },
  { outcome: rejected(554, ''), says: /rejected the message with 554/ },
  { outcome: failed('ETLS', 'tls'), says: /did not start TLS/ },
  { outcome: failed('', 'answer', 'odd'), says: /Sending to hooks\.example:8443 failed: odd/ },
])('$outcome.code $outcome.statusCode $outcome.phase is explained', ({ outcome, says: expected }) => {
  expect(explain(outcome)).toMatch(expected)
  expect(isAccepted(outcome)).toBe(false)
  expect(explain(outcome)).not.toContain('hidden')
})
