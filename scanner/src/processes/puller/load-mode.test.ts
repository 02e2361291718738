import { MIB_BYTES } from '@guardimesh/contracts/units'
import { expect, test } from 'vitest'
import { chooseLoadMode } from './load-mode.js'

const mib = (count: number) => count * MIB_BYTES

test.each([
  { name: 'a large limit', memory: mib(1300), limit: mib(4096), expected: 'concurrent' },
  { name: 'exactly enough for both generations and scans', memory: mib(100), limit: mib(456), expected: 'concurrent' },
  { name: 'one byte too little for both generations', memory: mib(100), limit: mib(456) - 1, expected: 'sequential' },
  { name: 'the default limit and the official databases', memory: mib(1300), limit: mib(2048), expected: 'sequential' },
  { name: 'an unknown limit', memory: mib(100), limit: undefined, expected: 'sequential' },
  { name: 'databases of unknown size', memory: undefined, limit: mib(4096), expected: 'sequential' },
])('loads with $name: $expected', ({ memory, limit, expected }) => expect(chooseLoadMode(memory, limit)).toBe(expected))

test('rejects signatures that do not fit into memory and states the remedy', () => {
  expect(() => chooseLoadMode(mib(1900), mib(2048))).toThrow(/need 1900 MiB .* limited to 2048 MiB; raise the memory limit/)
})
