import { expect, test } from 'vitest'
import { copyBytes, copyMoment, copyText } from './copy-text.js'

test.each([
  { name: 'plain', text: 'Win.Test.EICAR_HDB-1', expected: 'Win.Test.EICAR_HDB-1' },
  { name: 'what looks like NULL', text: '\\N', expected: '\\\\N' },
  { name: 'what ends the data', text: '\\.', expected: '\\\\.' },
  { name: 'what ends a field or a row', text: 'a\tb\nc\r', expected: 'a\\tb\\nc\\r' },
  { name: 'other languages', text: 'Überraschung 文', expected: 'Überraschung 文' },
])('copyText: $name', ({ text, expected }) => expect(copyText(text)).toBe(expected))

test('copyBytes and copyMoment', () => {
  expect(copyBytes(Buffer.from([0, 255, 92]))).toBe('\\\\x00ff5c')
  expect(copyMoment(1_795_000_000_123)).toBe('2026-11-18T11:06:40.123Z')
})
