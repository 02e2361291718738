import { expect, test } from 'vitest'
import { memoryOfStats } from './clamd-memory.js'

const stats = (line: string) => `POOLS: 1\n\nSTATE: VALID PRIMARY\nQUEUE: 0 items\n\nMEMSTATS: ${line}\nEND`

test.each([
  {
    name: 'without the heap',
    text: stats('heap N/A mmap N/A used N/A free N/A releasable N/A pools 1 pools_used 5.882M pools_total 6.500M'),
    expected: 6.5 * 1024 * 1024,
  },
  {
    name: 'with the heap',
    text: stats('heap 9.250M mmap 0.500M used 6.902M free 2.184M releasable 0.129M pools 1 pools_used 565.979M pools_total 566.000M'),
    expected: 575.75 * 1024 * 1024,
  },
  { name: 'without a memory line', text: 'POOLS: 1\nEND', expected: undefined },
])('parses STATS $name', ({ text, expected }) => expect(memoryOfStats(text)).toBe(expected))
