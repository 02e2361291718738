import { expect, test } from 'vitest'
import { retryAfterMs, sendWhenReady } from './busy-registry.js'

const NOW_MS = Date.parse('2026-11-21T10:00:00Z')

test.each([
  { header: '0', expected: 0 },
  { header: '120', expected: 120_000 },
  { header: 'Sat, 21 Nov 2026 10:00:30 GMT', expected: 30_000 },
  { header: 'Sat, 21 Nov 2026 09:00:00 GMT', expected: 0 },
  { header: '', expected: undefined },
  { header: '-1', expected: undefined },
  { header: '1.5', expected: undefined },
  { header: 'soon', expected: undefined },
])('parses the pause "$header"', ({ header, expected }) => expect(retryAfterMs(header, NOW_MS)).toBe(expected))

const answer = (status: number, pause = '0') => ({ status, headers: { 'retry-after': pause }, body: Buffer.alloc(0) })

test.each([
  { name: 'repeats after 429', method: 'PATCH', statuses: [429, 429, 202], expected: 202 },
  { name: 'repeats after 503', method: 'HEAD', statuses: [503, 404], expected: 404 },
  { name: 'leaves a PATCH after 503 to the upload', method: 'PATCH', statuses: [503, 202], expected: 503 },
  { name: 'does not repeat after 500', method: 'HEAD', statuses: [500, 200], expected: 500 },
  { name: 'gives up after five attempts', method: 'HEAD', statuses: [429, 429, 429, 429, 429, 200], expected: 429 },
])('$name', async ({ method, statuses, expected }) => {
  const left = [...statuses]
  const send = async () => answer(left.shift() ?? 0)
  expect((await sendWhenReady({ method, url: new URL('http://registry.example') }, send)).status).toBe(expected)
})

test('returns the answer at once when the pause is too long', async () => {
  const request = { method: 'GET', url: new URL('http://registry.example') }
  expect((await sendWhenReady(request, async () => answer(429, '3600'))).status).toBe(429)
})
