import { expect, test } from 'vitest'
import { withLoadMode } from './clamd-config.js'

test.each([
  { name: 'replaces it', template: 'A 1\nConcurrentDatabaseReload no\nB 2\n', way: 'beside', expected: 'yes' },
  { name: 'adds it', template: 'A 1\nB 2\n', way: 'alone', expected: 'no' },
  {
    name: 'leaves one of many',
    template: 'ConcurrentDatabaseReload yes\nA 1\nconcurrentdatabasereload yes\nB 2',
    way: 'alone',
    expected: 'no',
  },
] as const)('the way of loading in clamd.conf: $name', ({ template, way, expected }) => {
  const lines = withLoadMode(template, way)
    .split('\n')
    .filter((line) => line !== '')
  expect(lines).toEqual(['A 1', 'B 2', `ConcurrentDatabaseReload ${expected}`])
})

test('a comment about it stays', () => {
  expect(withLoadMode('# ConcurrentDatabaseReload no\n', 'beside')).toBe('# ConcurrentDatabaseReload no\nConcurrentDatabaseReload yes\n')
})
