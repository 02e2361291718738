import { expect, test } from 'vitest'
import { parseHashLines } from './hash-lines.js'

const A = 'a'.repeat(64)
const B = 'b'.repeat(32)
const read = (text: string) => parseHashLines(text, { name: 'Site.IOC', reason: 'advisory' })
const aHash = (changes: object) => ({ hash: A, sizeBytes: null, name: 'Site.IOC', reason: 'advisory', addedBy: '', ...changes })

test.each([
  { name: 'a hash alone', text: A, expected: {} },
  { name: 'upper case with spaces', text: `  ${A.toUpperCase()} \r`, expected: {} },
  { name: 'MD5', text: B, expected: { hash: B } },
  { name: 'a hash with a name', text: `${A} Site.Miner`, expected: { name: 'Site.Miner' } },
  { name: 'CSV', text: `${A},Site.Miner`, expected: { name: 'Site.Miner' } },
  { name: 'ClamAV format', text: `${A}:1234:Site.Miner`, expected: { name: 'Site.Miner', sizeBytes: 1234 } },
  { name: 'ClamAV format with any size', text: `${A}:*:Site.Miner:73`, expected: { name: 'Site.Miner' } },
  { name: 'sha256sum output', text: `${A}  ./bin/x`, expected: {} },
  { name: 'sha256sum output of a binary file', text: `${A} *x`, expected: {} },
  { name: 'a number as name', text: `${A} 2026`, expected: { name: '2026' } },
])('parses $name', ({ text, expected }) => expect(read(text)).toEqual({ hashes: [aHash(expected)], unreadable: [], repeated: 0 }))

test('reports invalid lines by number and skips comments and empty lines', () => {
  expect(read(`# list\n\n${A}\nnot a hash\n${'c'.repeat(40)}`).unreadable).toEqual([
    { line: 4, text: 'not a hash' },
    { line: 5, text: 'c'.repeat(40) },
  ])
})

test('keeps the first of duplicate hashes', () => {
  const { hashes, repeated } = read(`${A} First\n${A} Second\n${B}`)
  expect(hashes.map(({ name }) => name)).toEqual(['First', 'Site.IOC'])
  expect(repeated).toBe(1)
})
