import { expect, test } from 'vitest'
import { formatUuid, parseUuid, uuidV7 } from './uuid.js'

test('creates a UUIDv7 with time, version and variant', () => {
  const text = formatUuid(uuidV7(1_795_168_800_123))
  expect(Number.parseInt(text.replace('-', '').slice(0, 12), 16)).toBe(1_795_168_800_123)
  expect(text).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('parses formatted UUIDs and rejects any other text', () => {
  const uuid = uuidV7()
  expect(Buffer.from(parseUuid(formatUuid(uuid)) as Uint8Array)).toEqual(Buffer.from(uuid))
  expect(parseUuid('not-a-uuid')).toBeUndefined()
})
