import { expect, test } from 'vitest'
import { formatCount, listFirst } from './count.js'

test.each([
  { count: 0, expected: '0 nodes' },
  { count: 1, expected: '1 node' },
  { count: 2, expected: '2 nodes' },
  { count: 21, expected: '21 nodes' },
])('formats $expected', ({ count, expected }) => {
  expect(formatCount(count, 'node')).toBe(expected)
})

test('uses the given plural', () => {
  expect(formatCount(1, 'entry', 'entries')).toBe('1 entry')
  expect(formatCount(2, 'entry', 'entries')).toBe('2 entries')
})

test.each([
  { items: ['n1', 'n2'], expected: 'n1, n2' },
  { items: ['n1', 'n2', 'n3'], expected: 'n1, n2 and 1 more node' },
  { items: ['n1', 'n2', 'n3', 'n4'], expected: 'n1, n2 and 2 more nodes' },
])('lists the first two of $items.length', ({ items, expected }) => {
  expect(listFirst(items, 2, 'node')).toBe(expected)
})
