import { expect, test } from 'vitest'
import { formatBytes, parseBytes } from './format.js'

test.each([
  { text: '4G', expected: 4_000_000_000 },
  { text: '4Gi', expected: 4_294_967_296 },
  { text: '700M', expected: 700_000_000 },
  { text: '1024', expected: 1024 },
  { text: '4 GB', expected: undefined },
  { text: '-1', expected: undefined },
])('$text is $expected bytes', ({ text, expected }) => expect(parseBytes(text)).toBe(expected))

test.each([
  { sizeBytes: 0, expected: '0 bytes' },
  { sizeBytes: 1023, expected: '1023 bytes' },
  { sizeBytes: 1536, expected: '1.5 KiB' },
  { sizeBytes: 3 * 1024 ** 3, expected: '3.0 GiB' },
])('$sizeBytes bytes are $expected', ({ sizeBytes, expected }) => expect(formatBytes(sizeBytes)).toBe(expected))
