import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import { readCaFile } from './ca-file.js'

const folder = mkdtempSync(join(tmpdir(), 'ca-file-'))
const path = join(folder, 'ca.crt')
afterAll(() => rmSync(folder, { recursive: true }))

const [first, second] = rootCertificates as [string, string]

test('returns all certificates without the text between them, and reads a changed file again', () => {
  writeFileSync(path, `# the old authority\n${first}\n\n# the new one\n${second}\n`)
  expect(readCaFile(path)).toBe(`${first}\n${second}`)
  writeFileSync(path, second)
  expect(readCaFile(path)).toBe(second)
})

test.each([
  { name: 'an empty file', text: '' },
  { name: 'a file without a certificate', text: 'none' },
  { name: 'a damaged certificate', text: first.replace(/[A-Za-z0-9]{20}/, '') },
])('rejects $name', ({ text }) => {
  writeFileSync(path, text)
  expect(() => readCaFile(path)).toThrow(/invalid CA file .*ca\.crt/)
})

test('rejects a missing file', () => {
  expect(() => readCaFile(join(folder, 'missing'))).toThrow(/invalid CA file .*missing.*ENOENT/)
})
