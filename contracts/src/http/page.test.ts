import { expect, test } from 'vitest'
import { CreateApiKey } from './api-keys.js'
import { FindingQuery } from './findings.js'
import { Moment } from './page.js'
import { ScanConfig } from './scan-config.js'
import { ScanQuery } from './scans.js'

test.each([
  { text: '2026-11-20T10:00:00Z', expected: '2026-11-20T10:00:00.000Z' },
  { text: '2026-11-20', expected: '2026-11-20T00:00:00.000Z' },
  { text: '1795168800', expected: '2026-11-20T10:00:00.000Z' },
])('parses the time $text', ({ text, expected }) => expect(Moment.parse(text).toISOString()).toBe(expected))

test.each(['yesterday', '', '2026-13-45', 'x'.repeat(50)])('rejects the time %j', (text) =>
  expect(Moment.safeParse(text).success).toBe(false),
)

test('applies the defaults of a scan query', () => {
  expect(ScanQuery.parse({})).toEqual({ limit: 50, offset: 0, order: 'desc' })
  expect(ScanQuery.safeParse({ limit: '1001' }).success).toBe(false)
})

test('accepts one or more names in filters and rejects unknown names', () => {
  expect(FindingQuery.parse({ severity: 'high,critical', source: 'memfd' })).toMatchObject({
    severity: ['high', 'critical'],
    source: ['memfd'],
  })
  expect(FindingQuery.safeParse({ severity: 'high,awful' }).success).toBe(false)
})

test('requires a label and distinct scopes for an API key', () => {
  expect(CreateApiKey.safeParse({ label: ' ', scopes: ['ingestion'] }).success).toBe(false)
  expect(CreateApiKey.safeParse({ label: 'a', scopes: ['ingestion', 'ingestion'] }).success).toBe(false)
  expect(CreateApiKey.safeParse({ label: 'a', scopes: [] }).success).toBe(false)
  expect(CreateApiKey.parse({ label: ' node ', scopes: ['ingestion', 'console:read'] }).label).toBe('node')
})

test.each([
  { skipNamespaces: ['kube-*'], expected: true },
  { skipNamespaces: ['kube-system', 'a'], expected: true },
  { skipNamespaces: ['*'], expected: false },
  { skipNamespaces: ['Kube'], expected: false },
  { skipNamespaces: ['a-'], expected: false },
])('validates skipped namespaces $skipNamespaces: $expected', ({ skipNamespaces, expected }) => {
  expect(ScanConfig.safeParse({ skipNamespaces }).success).toBe(expected)
})
