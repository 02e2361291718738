import { expect, test } from 'vitest'
import { buildFormatSignatures, formatOfSignature } from './format-signatures.js'
import { FORMATS } from './unpacked-formats.js'

/** Magic numbers of two bytes, which other contents begin with as well. */
const LEFT_OUT = ['pack', 'freeze']

test('has a signature for every format that the header check knows, except those with a short magic number', () => {
  const names = buildFormatSignatures()
    .split('\n')
    .slice(0, -1)
    .map((line) => formatOfSignature(line.slice(0, line.indexOf(';'))))
  const known = new Set([...FORMATS.map(({ name }) => name), 'LZMA', 'compress', 'ext file system', 'ZIP with an unsupported method'])
  expect(new Set(names)).toEqual(new Set([...known].filter((name) => !LEFT_OUT.includes(name))))
  expect(names.length).toBe(new Set(names).size)
})

test.each([
  { name: 'Heuristics.Guardimesh.UnsupportedFormat.Zstandard.UNOFFICIAL', format: 'Zstandard' },
  { name: 'Heuristics.Encrypted.Zip', format: undefined },
  { name: 'Other.Heuristics.Guardimesh.UnsupportedFormat.Zstandard', format: undefined },
])('$name stands for $format', ({ name, format }) => expect(formatOfSignature(name)).toBe(format))
