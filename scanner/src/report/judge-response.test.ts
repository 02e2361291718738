import { describe, expect, test } from 'vitest'
import { judgeAnswer, parseRetryAfter } from './judge-response.js'

const answer = (status: number, body = '', retryAfter?: string) => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  body: Buffer.from(body),
})

describe('judgeAnswer', () => {
  test.each([
    { name: 'a receipt', given: answer(200, '{"accepted":1,"duplicates":0}'), expected: { kind: 'stored' } },
    { name: 'a page instead of a receipt', given: answer(200, '<html>'), expected: { kind: 'later' } },
    { name: 'a bad body', given: answer(400), expected: { kind: 'refused' } },
    { name: 'too large', given: answer(413), expected: { kind: 'refused' } },
    { name: 'an unknown key', given: answer(401), expected: { kind: 'locked-out' } },
    { name: 'a missing scope', given: answer(403), expected: { kind: 'locked-out' } },
    { name: 'overload', given: answer(429, '', '7'), expected: { kind: 'later', pauseMs: 7000 } },
    { name: 'a failing proxy', given: answer(502), expected: { kind: 'later' } },
    { name: 'a redirect', given: answer(302), expected: { kind: 'later' } },
  ])('$name', ({ given, expected }) => expect(judgeAnswer(given, 0)).toMatchObject(expected))
})

describe('parseRetryAfter', () => {
  const nowMs = Date.parse('2026-11-20T10:00:00Z')
  test.each([
    { name: 'none', value: undefined, expected: undefined },
    { name: 'seconds', value: '3', expected: 3000 },
    { name: 'a date', value: 'Fri, 20 Nov 2026 10:00:09 GMT', expected: 9000 },
    { name: 'a date that is past', value: 'Fri, 20 Nov 2026 09:00:00 GMT', expected: 0 },
    { name: 'longer than is believed', value: '999999', expected: 600_000 },
    { name: 'nonsense', value: 'soon', expected: undefined },
  ])('$name', ({ value, expected }) => expect(parseRetryAfter(value, nowMs)).toBe(expected))
})
