import { describe, expect, test } from 'vitest'
import { judgeResponse, parseRetryAfter } from './judge-response.js'

const aResponse = (status: number, body = '', retryAfter?: string) => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  bytes: Buffer.from(body),
})

describe('judgeResponse', () => {
  test.each([
    { name: 'a receipt', response: aResponse(200, '{"accepted":1,"duplicates":0}'), expected: { kind: 'stored' } },
    { name: 'a page instead of a receipt', response: aResponse(200, '<html>'), expected: { kind: 'later' } },
    { name: 'a bad body', response: aResponse(400), expected: { kind: 'refused' } },
    { name: 'too large', response: aResponse(413), expected: { kind: 'refused' } },
    { name: 'an unknown key', response: aResponse(401), expected: { kind: 'locked-out' } },
    { name: 'a missing scope', response: aResponse(403), expected: { kind: 'locked-out' } },
    { name: 'overload', response: aResponse(429, '', '7'), expected: { kind: 'later', pauseMs: 7000 } },
    { name: 'a failing proxy', response: aResponse(502), expected: { kind: 'later' } },
    { name: 'a redirect', response: aResponse(302), expected: { kind: 'later' } },
  ])('$name', ({ response, expected }) => expect(judgeResponse(response, 0)).toMatchObject(expected))
})

describe('parseRetryAfter', () => {
  const nowMs = Date.parse('2026-11-20T10:00:00Z')
  test.each([
    { name: 'no header', value: undefined, expected: undefined },
    { name: 'seconds', value: '3', expected: 3000 },
    { name: 'a date', value: 'Fri, 20 Nov 2026 10:00:09 GMT', expected: 9000 },
    { name: 'a date in the past', value: 'Fri, 20 Nov 2026 09:00:00 GMT', expected: 0 },
    { name: 'more than the maximum', value: '999999', expected: 600_000 },
    { name: 'an invalid value', value: 'soon', expected: undefined },
  ])('$name', ({ value, expected }) => expect(parseRetryAfter(value, nowMs)).toBe(expected))
})
