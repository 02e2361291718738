import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { countLines, isRuleStart, isSignatureLine } from './count-lines.js'

const folder = mkdtempSync(join(tmpdir(), 'count-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  { name: 'an empty file', text: '', expected: 0 },
  { name: 'lines, comments and empty lines', text: 'a\n#b\n\nc\r\n\r\n', expected: 2 },
  { name: 'a last line without a newline', text: 'a\nb', expected: 2 },
  { name: 'lines across chunks', text: `${'x'.repeat(99)}\n`.repeat(3000), expected: 3000 },
  { name: 'one line of 8 MiB', text: 'x'.repeat(8 * 1024 * 1024), expected: 1 },
])('counts $expected signatures in $name', async ({ text, expected }) => {
  writeFileSync(join(folder, 'file'), text)
  expect(await countLines(join(folder, 'file'), isSignatureLine)).toBe(expected)
})

test.each([
  { line: 'rule A {', expected: true },
  { line: '  private global rule A : tag', expected: true },
  { line: '// rule A', expected: false },
  { line: 'ruler', expected: false },
])('detects a rule start in "$line": $expected', ({ line, expected }) => expect(isRuleStart(line)).toBe(expected))
