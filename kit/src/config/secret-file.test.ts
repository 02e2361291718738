import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readSecretFile } from './secret-file.js'

const folder = mkdtempSync(join(tmpdir(), 'secret-file-'))
const path = join(folder, 'secret')
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  { name: 'a byte order mark and CRLF', content: Buffer.from('\uFEFFsecret\r\n') },
  { name: 'a line end', content: Buffer.from('secret\n') },
])('reads a secret with $name', ({ content }) => {
  writeFileSync(path, content)
  expect(readSecretFile(path)).toBe('secret')
})

test.each([
  { name: 'UTF-16', content: Buffer.from('\uFEFFsecret', 'utf16le'), message: /cannot be read: it is UTF-16 text/ },
  { name: 'a byte order mark only', content: Buffer.from('\uFEFF'), message: /is empty/ },
])('rejects $name', ({ content, message }) => {
  writeFileSync(path, content)
  expect(() => readSecretFile(path)).toThrow(message)
})
