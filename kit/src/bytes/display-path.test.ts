import { expect, test } from 'vitest'
import { displayPath } from './display-path.js'

test.each([
  { name: 'plain', bytes: '/tmp/a b', expected: '/tmp/a b' },
  { name: 'UTF-8', bytes: '/tmp/grün/日本', expected: '/tmp/grün/日本' },
  { name: 'a backslash', bytes: '/a\\x41', expected: '/a\\\\x41' },
  { name: 'a newline and an escape', bytes: '/a\n\u001b[31m', expected: '/a\\x0a\\x1b[31m' },
  { name: 'right-to-left override', bytes: '/exe\u202Etxt', expected: '/exe\\xe2\\x80\\xaetxt' },
  { name: 'bytes that are not UTF-8', bytes: Buffer.from('2fff80c3a4', 'hex'), expected: '/\\xff\\x80ä' },
  { name: 'a cut sequence', bytes: Buffer.from('2fe697', 'hex'), expected: '/\\xe6\\x97' },
  { name: 'nothing', bytes: '', expected: '' },
])('$name', ({ bytes, expected }) => expect(displayPath(Buffer.from(bytes as never))).toBe(expected))
