import { expect, test } from 'vitest'
import { copyBytes, copyMoment, copyText } from './copy-text.js'

test.each([
  { name: 'plain text', text: 'Win.Test.EICAR_HDB-1', expected: 'Win.Test.EICAR_HDB-1' },
  { name: 'text that resembles NULL', text: '\\N', expected: '\\\\N' },
  { name: 'text that resembles the end of data', text: '\\.', expected: '\\\\.' },
  { name: 'separators of fields and rows', text: 'a\tb\nc\r', expected: 'a\\tb\\nc\\r' },
  { name: 'other languages', text: 'Überraschung 文', expected: 'Überraschung 文' },
])('copyText encodes $name', ({ text, expected }) => expect(copyText(text)).toBe(expected))

test('encodes bytes and times', () => {
  expect(copyBytes(Buffer.from([0, 255, 92]))).toBe('\\\\x00ff5c')
  expect(copyMoment(1_795_000_000_123)).toBe('2026-11-18T11:06:40.123Z')
})
