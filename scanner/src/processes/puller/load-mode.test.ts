import { MIB_BYTES } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { chooseLoadMode } from './load-mode.js'

const mib = (count: number) => count * MIB_BYTES

test.each([
  { name: 'a large limit', memory: mib(1300), limit: mib(4096), expected: 'beside' },
  { name: 'just enough for both and scans', memory: mib(100), limit: mib(456), expected: 'beside' },
  { name: 'one byte too little for both', memory: mib(100), limit: mib(456) - 1, expected: 'alone' },
  { name: 'the default limit and the official databases', memory: mib(1300), limit: mib(2048), expected: 'alone' },
  { name: 'a limit that nobody knows', memory: mib(100), limit: undefined, expected: 'alone' },
  { name: 'databases that nobody measured', memory: undefined, limit: mib(4096), expected: 'alone' },
])('$name: $expected', ({ memory, limit, expected }) => expect(chooseLoadMode(memory, limit)).toBe(expected))

test('what does not fit alone is refused with what to do', () => {
  expect(() => chooseLoadMode(mib(1900), mib(2048))).toThrow(/take 1900 MiB .* may have 2048 MiB; raise the memory limit/)
})
