import { expect, test } from 'vitest'
import { NamespaceMap } from './namespace-map.js'

const NAME = 'mnt:[4026532280]'

test('keeps a value while the process of its entry is in the namespace', () => {
  const map = new NamespaceMap<string>()
  map.set(NAME, 10, 'first')
  expect(map.removeEnded(new Map([[NAME, [9, 10, 11]]]))).toEqual([])
  expect(map.get(NAME)).toBe('first')
  expect([...map]).toEqual([[NAME, 'first']])
})

test.each([
  { state: 'has ended', processes: new Map() },
  { state: 'has ended, and its name belongs to another one', processes: new Map([[NAME, [12]]]) },
])('removes the value of a namespace that $state', ({ processes }) => {
  const map = new NamespaceMap<string>()
  map.set(NAME, 10, 'first')
  expect(map.removeEnded(processes)).toEqual([[NAME, 'first']])
  expect(map.has(NAME)).toBe(false)
})
