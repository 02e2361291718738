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
  { text: 'note\u001b[1A\u001b[2KIt is complete', expected: String.raw`note\x1b[1A\x1b[2KIt is complete` },
  { text: 'note\r\nIt is complete', expected: String.raw`note\x0d\x0aIt is complete` },
  { text: '\u009b31m \u202ebackwards', expected: String.raw`\u{9b}31m \u{202e}backwards` },
  { text: 'zero\u200bwidth \ud800 \u{e0041}', expected: String.raw`zero\u{200b}width \u{d800} \u{e0041}` },
])('escapes $text to one line', ({ text, expected }) => expect(asLine(text)).toBe(expected))

test('keeps line breaks', () => expect(asLines('one\ntwo\u0007\n')).toBe('one\ntwo\\x07\n'))
