import { expect, test } from 'vitest'
import { parseHashLine } from './hash-line.js'

const SHA256 = 'ab'.repeat(32)
const MD5 = 'cd'.repeat(16)

test.each([
  { line: `${SHA256},Evil.One`, signature: `${SHA256}:*:Evil.One:73\n` },
  { line: `${SHA256.toUpperCase()};Evil.One;17`, signature: `${SHA256}:17:Evil.One\n` },
  { line: `${MD5}\t12\tEvil two`, signature: `${MD5}:12:Evil_two\n` },
  { line: `${MD5}  evil.sh`, signature: `${MD5}:*:evil.sh:73\n` },
  { line: `"Evil","${MD5}"`, signature: `${MD5}:*:Evil:73\n` },
])('parses $line', ({ line, signature }) =>
  expect(parseHashLine(line, false)).toEqual({ kind: 'hash', type: signature.startsWith('ab') ? 'sha256' : 'md5', signature }),
)

test.each([
  { line: '', isFirst: false },
  { line: '# a comment', isFirst: false },
  { line: 'sha256,name', isFirst: true },
])('ignores "$line"', ({ line, isFirst }) => expect(parseHashLine(line, isFirst)).toEqual({ kind: 'none' }))

test.each([
  { line: 'sha256,name', reason: /no SHA-256/ },
  { line: `${SHA256}0,Evil`, reason: /no SHA-256/ },
  { line: SHA256, reason: /no name found/ },
  { line: `${SHA256},Evil:One`, reason: /the name must have/ },
  { line: `${SHA256},Evil,9999999999`, reason: /size/ },
])('rejects $line', ({ line, reason }) =>
  expect(parseHashLine(line, false)).toMatchObject({ kind: 'bad', reason: expect.stringMatching(reason) }),
)
