import { expect, test } from 'vitest'
import { findingApiQuery, readFindingAddress } from './finding-address.js'

test.each([
  {
    name: 'known filters are kept',
    query: 'severity=high,critical&namespace=shop',
    expected: { severity: 'high,critical', namespace: 'shop' },
  },
  { name: 'an unknown severity is left out', query: 'severity=dreadful&node=a', expected: { node: 'a' } },
  { name: 'an unknown time span is left out', query: 'last=9y', expected: {} },
  { name: 'a hash needs 64 digits', query: 'sha256=abc', expected: {} },
  { name: 'empty text is no filter', query: 'search=%20&pod=', expected: {} },
  { name: 'other parameters are not ours', query: 'utm=1', expected: {} },
])('$name', ({ query, expected }) => expect(readFindingAddress(new URLSearchParams(query))).toEqual(expected))

test('a moving time span becomes a moment', () => {
  const nowMs = Date.parse('2026-03-02T10:00:00.400Z')
  expect(findingApiQuery({ last: '24h', node: 'a' }, nowMs)).toEqual({ node: 'a', since: '2026-03-01T10:00:00.000Z' })
})
