import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseElf } from './elf.js'

test('reads the architecture and the required libraries of a program', () => {
  const elf = parseElf(readFileSync(process.execPath))
  expect(elf?.machine).toBe(process.arch === 'x64' ? 'amd64' : process.arch)
  expect(elf?.needed).toContain('libc.so.6')
})

test.each([
  { name: 'a script', content: Buffer.from(`#!/bin/sh\n${' '.repeat(64)}`) },
  { name: 'nothing', content: Buffer.alloc(0) },
  { name: 'a 32-bit program', content: Buffer.concat([Buffer.from('\x7fELF\x01\x01', 'latin1'), Buffer.alloc(64)]) },
])('ignores $name', ({ content }) => expect(parseElf(content)).toBeUndefined())

test('rejects a truncated program', () => {
  expect(() => parseElf(readFileSync(process.execPath).subarray(0, 100))).toThrow(RangeError)
})
