import { expect, test } from 'vitest'
import { formatUuid, parseUuid, uuidTimeMs, uuidV7 } from './uuid.js'

test('a UUIDv7 holds its moment, version and variant', () => {
  const uuid = uuidV7(1_795_168_800_123)
  expect(uuidTimeMs(uuid)).toBe(1_795_168_800_123)
  expect(formatUuid(uuid)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('text and bytes go both ways', () => {
  const uuid = uuidV7()
  expect(Buffer.from(parseUuid(formatUuid(uuid)) as Uint8Array)).toEqual(Buffer.from(uuid))
  expect(parseUuid('not-a-uuid')).toBeUndefined()
})
