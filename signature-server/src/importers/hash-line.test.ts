import { expect, test } from 'vitest'
import { parseHashColumns } from './hash-columns.js'
import { parseHashLine } from './hash-line.js'

const SHA256 = 'ab'.repeat(32)
const MD5 = 'cd'.repeat(16)

test.each([
  { line: `${SHA256},Evil.One`, signature: `${SHA256}:*:Evil.One:73\n` },
  { line: `${SHA256.toUpperCase()};Evil.One;17`, signature: `${SHA256}:17:Evil.One\n` },
  { line: `${MD5}\tEvil two\t12`, signature: `${MD5}:12:Evil_two\n` },
  { line: `${MD5}  evil.sh`, signature: `${MD5}:*:evil.sh:73\n` },
  { line: `${MD5} *evil.exe`, signature: `${MD5}:*:evil.exe:73\n` },
  { line: `${MD5}  evil invoice.exe`, signature: `${MD5}:*:evil_invoice.exe:73\n` },
  { line: `${MD5} Evil 12`, signature: `${MD5}:12:Evil\n` },
  { line: `"Evil","${MD5}"`, signature: `${MD5}:*:Evil:73\n` },
  { line: `${SHA256},20260101`, signature: `${SHA256}:*:20260101:73\n` },
  { line: `${SHA256}:16:Evil.One`, signature: `${SHA256}:16:Evil.One\n` },
  { line: `${SHA256}:*:Evil.One:73`, signature: `${SHA256}:*:Evil.One:73\n` },
])('parses $line', ({ line, signature }) =>
  expect(parseHashLine(line)).toEqual({ kind: 'hash', type: signature.startsWith('ab') ? 'sha256' : 'md5', signature }),
)

test.each(['', '# a comment'])('ignores "%s"', (line) => expect(parseHashLine(line)).toEqual({ kind: 'none' }))

test.each([
  { line: 'sha256,name', reason: /no SHA-256/ },
  { line: `${SHA256}0,Evil`, reason: /no SHA-256/ },
  { line: SHA256, reason: /no name found/ },
  { line: `${SHA256},Evil:One`, reason: /the name must have/ },
  { line: `${SHA256},Evil,9999999999`, reason: /size/ },
  { line: `${SHA256};20260101;Evil.One`, reason: /without a header line/ },
  { line: `${SHA256},Evil.One,17,20260101`, reason: /without a header line/ },
  { line: `\\${SHA256}  odd\\nname.bin`, reason: /no SHA-256/ },
])('rejects $line', ({ line, reason }) => expect(parseHashLine(line)).toMatchObject({ kind: 'bad', reason: expect.stringMatching(reason) }))

test.each([
  { header: 'hash;detection;first seen', line: `${SHA256};Evil.One;20260101`, expected: `${SHA256}:*:Evil.One:73\n` },
  { header: 'sha256,name', line: `${SHA256},20260101`, expected: `${SHA256}:*:20260101:73\n` },
  { header: 'sha256,file_name,signature', line: `${SHA256},"ACME, Inc invoice.exe",Evil.One`, expected: `${SHA256}:*:Evil.One:73\n` },
  { header: 'sha256,signature', line: `${SHA256},"Evil ""One"""`, expected: /the name must have/ },
  { header: 'First Seen,MD5 Hash,SHA256 Hash,File Name', line: `2026-01-01,${MD5},${SHA256},a.exe`, expected: `${SHA256}:*:a.exe:73\n` },
  { header: 'sha256,md5,name', line: `,${MD5},Evil`, expected: `${MD5}:*:Evil:73\n` },
  { header: 'md5\tsha256\tname', line: `\t${SHA256}\tEvil`, expected: `${SHA256}:*:Evil:73\n` },
  { header: 'score,size,name,hash', line: `7,12,Evil,${SHA256}`, expected: `${SHA256}:12:Evil\n` },
  { header: 'hash,name,size', line: `${SHA256},Evil,`, expected: `${SHA256}:*:Evil:73\n` },
  { header: 'hash,name,size', line: `${SHA256},Evil`, expected: `${SHA256}:*:Evil:73\n` },
  { header: 'hash,name,size', line: `${SHA256},Evil,large`, expected: /not a number/ },
  { header: 'hash,name', line: `${SHA256},ACME, Inc`, expected: /3 fields, but the header has 2/ },
  { header: 'hash,first seen', line: `${SHA256},20260101`, expected: /no name found/ },
  { header: 'name,hash', line: `${SHA256},Evil`, expected: /no SHA-256/ },
])('parses $line below $header', ({ header, line, expected }) => {
  const parsed = parseHashLine(line, parseHashColumns(header))
  if (typeof expected === 'string') expect(parsed).toMatchObject({ kind: 'hash', signature: expected })
  else expect(parsed).toMatchObject({ kind: 'bad', reason: expect.stringMatching(expected) })
})

test.each([
  { header: 'hash;detection;first seen', ignored: ['first seen'] },
  { header: '"first_seen_utc", "sha256_hash", "reporter", "signature"', ignored: ['first_seen_utc', 'reporter'] },
  { header: 'sha256\tname\tsize', ignored: [] },
  { header: 'MD5 Name', ignored: [] },
])('lists the unused columns of $header', ({ header, ignored }) => expect(parseHashColumns(header)).toMatchObject({ ignored }))

test.each(['Evil,Other', 'sha256', 'a list of hashes'])('finds no columns in "%s"', (line) =>
  expect(parseHashColumns(line)).toBeUndefined(),
)
