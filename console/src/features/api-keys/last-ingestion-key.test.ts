import { expect, test } from 'vitest'
import { someApiKeys } from '../../../mock-api/fixtures/api-keys.js'
import { isLastIngestionKey } from './last-ingestion-key.js'

const keys = someApiKeys(Date.parse('2026-03-01T10:00:00Z'))
const [scanner, siem] = keys
if (!scanner || !siem) throw new Error('the fixture has fewer keys')

test.each([
  { name: 'the others are revoked or cannot report', apiKey: scanner, all: keys, expected: true },
  { name: 'another key can report', apiKey: scanner, all: [...keys, { ...scanner, apiKeyId: 'second' }], expected: false },
  { name: 'this key cannot report', apiKey: siem, all: keys, expected: false },
  {
    name: 'this key is revoked already',
    apiKey: { ...scanner, revokedAt: '2026-02-01T00:00:00Z' },
    all: [{ ...scanner, revokedAt: '2026-02-01T00:00:00Z' }],
    expected: false,
  },
])('$name: $expected', ({ apiKey, all, expected }) => expect(isLastIngestionKey(apiKey, all)).toBe(expected))
