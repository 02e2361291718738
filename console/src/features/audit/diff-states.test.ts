import { expect, test } from 'vitest'
import { diffStates } from './diff-states.js'

test.each([
  { name: 'nothing', before: { a: 1 }, after: { a: 1 }, expected: [] },
  { name: 'a value', before: { a: 1, b: 'x' }, after: { a: 2, b: 'x' }, expected: [['a', '1', '2']] },
  { name: 'a nested value', before: { a: { b: { c: null } } }, after: { a: { b: { c: 'x' } } }, expected: [['a.b.c', 'null', 'x']] },
  { name: 'an added value', before: {}, after: { a: [1, 2] }, expected: [['a', undefined, '[1,2]']] },
  { name: 'a created object', before: null, after: { a: true }, expected: [['a', undefined, 'true']] },
  { name: 'a removed object', before: { a: true }, after: null, expected: [['a', 'true', undefined]] },
])('finds $name', ({ before, after, expected }) =>
  expect(diffStates(before, after).map((one) => [one.path, one.before, one.after])).toEqual(expected),
)
