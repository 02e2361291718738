import { expect, test } from 'vitest'
import { withLoadMode } from './clamd-config.js'

test.each([
  { name: 'replaces the directive', template: 'A 1\nConcurrentDatabaseReload no\nB 2\n', mode: 'concurrent', expected: 'yes' },
  { name: 'adds a missing directive', template: 'A 1\nB 2\n', mode: 'sequential', expected: 'no' },
  {
    name: 'keeps one of several directives',
    template: 'ConcurrentDatabaseReload yes\nA 1\nconcurrentdatabasereload yes\nB 2',
    mode: 'sequential',
    expected: 'no',
  },
] as const)('writes the load mode into clamd.conf: $name', ({ template, mode, expected }) => {
  const lines = withLoadMode(template, mode)
    .split('\n')
    .filter((line) => line !== '')
  expect(lines).toEqual(['A 1', 'B 2', `ConcurrentDatabaseReload ${expected}`])
})

test('keeps a comment that mentions the directive', () => {
  expect(withLoadMode('# ConcurrentDatabaseReload no\n', 'concurrent')).toBe(
    '# ConcurrentDatabaseReload no\nConcurrentDatabaseReload yes\n',
  )
})
