import { describe, expect, test } from 'vitest'
import { globToRegex, matchesGlob, parseGlob } from './glob.js'

describe.each([
  { pattern: '/opt/eicar.com', matching: ['/opt/eicar.com'], other: ['/opt/eicarxcom', '/opt/eicar.com/', 'x/opt/eicar.com'] },
  { pattern: '/opt/*.com', matching: ['/opt/.com', '/opt/a.b.com'], other: ['/opt/a/b.com', '/opt/a.comx'] },
  { pattern: '/opt/**', matching: ['/opt/', '/opt/a/b'], other: ['/opt', '/other/opt/a'] },
  { pattern: '/**/test/*', matching: ['/a/test/b', '/a/test/test/b', '//test/'], other: ['/a/test/b/c', '/test/b'] },
  { pattern: '/a?c', matching: ['/abc', '/a😀c'], other: ['/ac', '/a/c', '/abbc'] },
  { pattern: '/a\\*\\?', matching: ['/a*?'], other: ['/abc', '/a\\*\\?'] },
  { pattern: '/a\\\\*', matching: ['/a\\\\', '/a\\\\b'], other: ['/a\\', '/a*'] },
  { pattern: '/a\\xff*', matching: ['/a\\xffb'], other: ['/axff'] },
  { pattern: '/a***b', matching: ['/a/b'], other: ['/a'] },
  { pattern: '***', matching: ['', 'a/\n'], other: [] },
])('$pattern', ({ pattern, matching, other }) => {
  test.each(matching)('matches %j', (value) => expect(matchesGlob(parseGlob(pattern), value)).toBe(true))
  test.each(other)('does not match %j', (value) => expect(matchesGlob(parseGlob(pattern), value)).toBe(false))
  test('is the same as the regular expression', () => {
    const regex = new RegExp(globToRegex(parseGlob(pattern)), 'su')
    for (const value of matching) expect(regex.test(value)).toBe(true)
    for (const value of other) expect(regex.test(value)).toBe(false)
  })
})

test('a pattern with many wildcards does not take exponential time', () => {
  expect(matchesGlob(parseGlob(`/${'**a'.repeat(10)}b`), `/${'a'.repeat(4096)}`)).toBe(false)
})
