import { expect, test } from 'vitest'
import { parseHashLines } from './hash-lines.js'

const A = 'a'.repeat(64)
const B = 'b'.repeat(32)
const read = (text: string) => parseHashLines(text, { name: 'Site.IOC', reason: 'advisory' })
const aHash = (changes: object) => ({ hash: A, sizeBytes: null, name: 'Site.IOC', reason: 'advisory', addedBy: '', ...changes })

test.each([
  { name: 'alone', text: A, expected: {} },
  { name: 'in capitals, with spaces around', text: `  ${A.toUpperCase()} \r`, expected: {} },
  { name: 'MD5', text: B, expected: { hash: B } },
  { name: 'with a name', text: `${A} Site.Miner`, expected: { name: 'Site.Miner' } },
  { name: 'as CSV', text: `${A},Site.Miner`, expected: { name: 'Site.Miner' } },
  { name: 'as ClamAV writes it', text: `${A}:1234:Site.Miner`, expected: { name: 'Site.Miner', sizeBytes: 1234 } },
  { name: 'as ClamAV writes it, of any size', text: `${A}:*:Site.Miner:73`, expected: { name: 'Site.Miner' } },
  { name: 'as sha256sum prints it', text: `${A}  ./bin/x`, expected: {} },
  { name: 'as sha256sum prints a binary file', text: `${A} *x`, expected: {} },
  { name: 'with a number for a name', text: `${A} 2026`, expected: { name: '2026' } },
])('$name', ({ text, expected }) => expect(read(text)).toEqual({ hashes: [aHash(expected)], unreadable: [], repeated: 0 }))

test('what is no hash is told by its line; comments and empty lines are not', () => {
  expect(read(`# list\n\n${A}\nnot a hash\n${'c'.repeat(40)}`).unreadable).toEqual([
    { line: 4, text: 'not a hash' },
    { line: 5, text: 'c'.repeat(40) },
  ])
})

test('a hash counts once, under its first name', () => {
  const { hashes, repeated } = read(`${A} First\n${A} Second\n${B}`)
  expect(hashes.map(({ name }) => name)).toEqual(['First', 'Site.IOC'])
  expect(repeated).toBe(1)
})
