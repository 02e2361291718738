import { expect, test } from 'vitest'
import { explainOutcome, isAccepted } from './explain-outcome.js'
import type { Outcome, Phase } from './send-webhook.js'

const answered = (statusCode: number): Outcome => ({ kind: 'answered', statusCode, durationMs: 1 })
const failed = (code: string, phase: Phase = 'connect', message = ''): Outcome => ({ kind: 'failed', phase, code, message, durationMs: 1 })
const url = new URL('https://hooks.example:8443/hidden?token=hidden')
const sentence = (outcome: Outcome) => explainOutcome(outcome, url, 5000)

test.each([200, 201, 202, 204])('%i is taken', (status) => {
  expect(isAccepted(answered(status))).toBe(true)
  expect(sentence(answered(status))).toBe('')
})

test.each([
  { outcome: answered(302), says: /answered 302.*Redirects are not followed/ },
  { outcome: answered(400), says: /answered 400 instead of 2xx/ },
  { outcome: answered(401), says: /answered 401.*another header/ },
  { outcome: answered(404), says: /answered 404.*nothing at this address/ },
  { outcome: answered(500), says: /answered 500: it failed/ },
  { outcome: failed('ENOTFOUND', 'name'), says: /name hooks\.example was not found/ },
  { outcome: failed('EAI_AGAIN', 'name'), says: /name hooks\.example was not found/ },
  { outcome: failed('ECONNREFUSED'), says: /refused the connection/ },
  { outcome: failed('EHOSTUNREACH'), says: /no way to hooks\.example:8443.*NetworkPolicy/ },
  { outcome: failed('ECONNRESET', 'answer'), says: /closed the connection/ },
  { outcome: failed('TIMEOUT', 'name'), says: /No name server answered.*within 5 seconds.*NetworkPolicy/ },
  { outcome: failed('TIMEOUT', 'connect'), says: /No connection to hooks\.example:8443 came about within 5 seconds.*NetworkPolicy/ },
  { outcome: failed('ETIMEDOUT', 'connect'), says: /NetworkPolicy/ },
  { outcome: failed('TIMEOUT', 'tls'), says: /TLS did not begin/ },
  { outcome: failed('TIMEOUT', 'answer'), says: /did not answer within 5 seconds\.$/ },
  { outcome: failed('DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'), says: /not trusted.*notifications\.caSecret/ },
  { outcome: failed('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'), says: /not trusted/ },
  { outcome: failed('CERT_HAS_EXPIRED', 'tls'), says: /has ended/ },
  { outcome: failed('ERR_TLS_CERT_ALTNAME_INVALID', 'tls'), says: /for another name/ },
  { outcome: failed('EPROTO', 'tls'), says: /does not speak TLS/ },
  { outcome: failed('HPE_INVALID_CONSTANT', 'answer'), says: /does not answer in HTTP/ },
  { outcome: failed('', 'answer', 'odd'), says: /did not reach hooks\.example:8443: odd/ },
])('$outcome.code $outcome.statusCode $outcome.phase is explained', ({ outcome, says }) => {
  expect(sentence(outcome)).toMatch(says)
  expect(isAccepted(outcome)).toBe(false)
  expect(sentence(outcome)).not.toContain('hidden')
})
