import { expect, test } from 'vitest'
import { asLine, asLines, formatBytes, parseBytes } from './format.js'

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

test.each([
  { text: 'plain text, ümlauts and 漢字', expected: 'plain text, ümlauts and 漢字' },
  { text: 'note\u001b[1A\u001b[2KIt is complete', expected: 'note?[1A?[2KIt is complete' },
  { text: 'note\r\nIt is complete', expected: 'note??It is complete' },
  { text: '\u009b31m \u202ebackwards', expected: '?31m ?backwards' },
])('sanitizes $text to one line', ({ text, expected }) => expect(asLine(text)).toBe(expected))

test('keeps line breaks', () => expect(asLines('one\ntwo\u0007\n')).toBe('one\ntwo?\n'))
