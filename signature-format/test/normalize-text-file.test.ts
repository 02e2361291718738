import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { normalizeTextFile } from '../src/text/normalize-text-file.js'

const folder = mkdtempSync(join(tmpdir(), 'normalize-text-'))
const path = join(folder, 'file')
afterAll(() => rmSync(folder, { recursive: true }))

/** Longer than one chunk of a file stream, so that a line end is split. */
const LONG = 'x'.repeat(64 * 1024 - 1)

test.each([
  { name: 'an empty file', text: '', expected: '' },
  { name: 'LF', text: 'a\nb\n', expected: 'a\nb\n' },
  { name: 'CRLF', text: 'a\r\nb\r\n', expected: 'a\r\nb\r\n' },
  { name: 'CRLF across chunks', text: `${LONG}\r\nb`, expected: `${LONG}\r\nb` },
  { name: 'a byte order mark', text: '\uFEFFa\n', expected: 'a\n' },
  { name: 'a byte order mark and CRLF', text: '\uFEFFa\r\nb\r\n', expected: 'a\nb\n' },
  { name: 'a byte order mark and CRLF across chunks', text: `\uFEFF${LONG}\r\nb`, expected: `${LONG}\nb` },
  { name: 'only a byte order mark', text: '\uFEFF', expected: '' },
  { name: 'CR', text: 'a\rb\r', expected: 'a\nb\n' },
  { name: 'CR across chunks', text: `${LONG}\rb`, expected: `${LONG}\nb` },
  { name: 'a byte order mark in the middle', text: 'a\n\uFEFFb\r\n\uFEFF\uFEFFc\r\n', expected: 'a\nb\nc\n' },
  { name: 'a byte order mark across chunks', text: `${LONG.slice(1)}\n\uFEFFb`, expected: `${LONG.slice(1)}\nb` },
  { name: 'a byte order mark after CR', text: 'a\r\uFEFFb', expected: 'a\nb' },
  { name: 'a byte order mark within a line', text: 'a\uFEFFb\n', expected: 'a\uFEFFb\n' },
  { name: 'other characters that begin like a mark', text: '\uFEFFa\n\uFEC0b\n\uFEFE', expected: 'a\n\uFEC0b\n\uFEFE' },
  { name: 'mixed line ends', text: 'a\r\nb\rc\n\rd', expected: 'a\nb\nc\n\nd' },
])('normalizes $name', async ({ text, expected }) => {
  writeFileSync(path, text)
  expect(await normalizeTextFile(path)).toBe(text !== expected)
  expect(readFileSync(path, 'utf8') === expected).toBe(true)
  expect(readdirSync(folder)).toEqual(['file'])
})

test('rejects UTF-16', async () => {
  writeFileSync(path, Buffer.from('\uFEFFa', 'utf16le'))
  await expect(normalizeTextFile(path)).rejects.toThrow('it is UTF-16 text')
})
