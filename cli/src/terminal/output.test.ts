import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { commandOutput, noteLine, printError, printJson, printLines } from './output.js'

const HOSTILE = 'note\u001b]0;owned\u0007\u001b[2K\rAll files\nare signed\u202e\u200b.txt'
const ESCAPED = String.raw`note\x1b]0;owned\x07\x1b[2K\x0dAll files\x0aare signed\u{202e}\u{200b}.txt`
const SOURCES = join(import.meta.dirname, '..')

let written = ''
beforeEach(() => {
  written = ''
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      written += String(text)
      return true
    })
})
afterEach(() => vi.restoreAllMocks())

test('escapes names in results and progress', () => {
  printLines([`skipped: ${HOSTILE}`, 'done'])
  noteLine(HOSTILE)
  expect(written).toBe(`skipped: ${ESCAPED}\ndone\n${ESCAPED}\n`)
})

test('indents further lines of an error, so that a name cannot forge a message', () => {
  printError(`${HOSTILE} cannot be read.\n`)
  expect(written).toBe(`guardimesh: ${ESCAPED.replace(String.raw`\x0a`, '\n  ')} cannot be read.\n`)
})

test('escapes arguments in usage errors', () => {
  commandOutput.writeErr("error: unknown command '\u001b[2K'\n")
  expect(written).toBe("error: unknown command '\\x1b[2K'\n")
})

test('prints JSON without control characters that reads back unchanged', () => {
  const value = { name: `${HOSTILE}\u009b\u{e0041}` }
  printJson(value)
  expect(written).toMatch(/^[\n -~]*$/)
  expect(JSON.parse(written)).toEqual(value)
})

test('no other file writes to the terminal', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.test)\.ts$/.test(name))
  const writing = files.filter((name) =>
    /process\.std(out|err)\.write|\bprocess\.std(out|err)\b(?!\.isTTY)/.test(readFileSync(join(SOURCES, name), 'utf8')),
  )
  expect(writing).toEqual(['terminal/output.ts'])
})
