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
])('a moment may be $text', ({ text, expected }) => expect(Moment.parse(text).toISOString()).toBe(expected))

test.each(['yesterday', '', '2026-13-45', 'x'.repeat(50)])('%j is no moment', (text) => expect(Moment.safeParse(text).success).toBe(false))

test('a scan query has the defaults of the public API', () => {
  expect(ScanQuery.parse({})).toEqual({ limit: 50, offset: 0 })
  expect(ScanQuery.safeParse({ limit: '1001' }).success).toBe(false)
})

test('filters take one or many names, and refuse unknown ones', () => {
  expect(FindingQuery.parse({ severity: 'high,critical', source: 'memfd' })).toMatchObject({
    severity: ['high', 'critical'],
    source: ['memfd'],
  })
  expect(FindingQuery.safeParse({ severity: 'high,awful' }).success).toBe(false)
})

test('a key needs a label and each scope once', () => {
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
])('skipped namespaces $skipNamespaces: $expected', ({ skipNamespaces, expected }) => {
  expect(ScanConfig.safeParse({ skipNamespaces }).success).toBe(expected)
})
