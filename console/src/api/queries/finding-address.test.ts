import { expect, test } from 'vitest'
import { findingApiQuery, readFindingAddress } from './finding-address.js'
import { lastToSince } from './time-range.js'

test.each([
  {
    name: 'keeps known filters',
    query: 'severity=high,critical&namespace=shop',
    expected: { severity: 'high,critical', namespace: 'shop' },
  },
  { name: 'ignores an unknown severity', query: 'severity=dreadful&node=a', expected: { node: 'a' } },
  { name: 'ignores an unknown time range', query: 'last=9y', expected: {} },
  { name: 'ignores a hash without 64 digits', query: 'sha256=abc', expected: {} },
  { name: 'ignores empty values', query: 'search=%20&pod=', expected: {} },
  { name: 'ignores other parameters', query: 'utm=1', expected: {} },
])('$name', ({ query, expected }) => expect(readFindingAddress(new URLSearchParams(query))).toEqual(expected))

test('converts a relative time range to a fixed time', () => {
  const nowMs = Date.parse('2026-03-02T10:00:00.400Z')
  expect(findingApiQuery({ last: '24h', node: 'a' }, lastToSince('24h', nowMs))).toEqual({ node: 'a', since: '2026-03-01T10:00:00.000Z' })
})
