import { expect, test } from 'vitest'
import { someApiKeys } from '../../../mock-api/fixtures/api-keys.js'
import { isLastIngestionKey } from './last-ingestion-key.js'

const keys = someApiKeys(Date.parse('2026-03-01T10:00:00Z'))
const [scanner, siem] = keys
if (!scanner || !siem) throw new Error('the fixture has too few keys')

test.each([
  { name: 'all other keys are revoked or lack the scope', apiKey: scanner, all: keys, expected: true },
  { name: 'another key has the scope', apiKey: scanner, all: [...keys, { ...scanner, apiKeyId: 'second' }], expected: false },
  { name: 'this key lacks the scope', apiKey: siem, all: keys, expected: false },
  {
    name: 'this key is already revoked',
    apiKey: { ...scanner, revokedAt: '2026-02-01T00:00:00Z' },
    all: [{ ...scanner, revokedAt: '2026-02-01T00:00:00Z' }],
    expected: false,
  },
])('$name: $expected', ({ apiKey, all, expected }) => expect(isLastIngestionKey(apiKey, all)).toBe(expected))
