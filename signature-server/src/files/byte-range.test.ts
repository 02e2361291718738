import { expect, test } from 'vitest'
import { parseByteRange } from './byte-range.js'

test.each([
  { header: undefined, expected: undefined },
  { header: 'bytes=0-', expected: { start: 0, end: 99 } },
  { header: 'bytes=10-19', expected: { start: 10, end: 19 } },
  { header: 'bytes=90-1000', expected: { start: 90, end: 99 } },
  { header: 'bytes=-10', expected: { start: 90, end: 99 } },
  { header: 'bytes=-1000', expected: { start: 0, end: 99 } },
  { header: 'bytes=100-', expected: 'unsatisfiable' },
  { header: 'bytes=-0', expected: 'unsatisfiable' },
  { header: 'bytes=20-10', expected: undefined },
  { header: 'bytes=0-1,5-6', expected: undefined },
  { header: 'bytes=-', expected: undefined },
  { header: 'lines=0-1', expected: undefined },
])('parses $header for 100 bytes', ({ header, expected }) => expect(parseByteRange(header, 100)).toEqual(expected))

test('rejects every range of an empty file', () => expect(parseByteRange('bytes=0-', 0)).toBe('unsatisfiable'))
