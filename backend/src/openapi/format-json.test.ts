import { expect, test } from 'vitest'
import { formatJson } from './format-json.js'

test.each([{ value: null }, { value: 'a"b' }, { value: [] }, { value: { a: [1, { b: 'c' }] } }])(
  'writes $value on one line',
  ({ value }) => {
    expect(formatJson(value)).toBe(JSON.stringify(value))
  },
)

test('writes long objects and lists on several lines', () => {
  const text = 'x'.repeat(110)
  const value = { first: { a: 1 }, second: [text, { b: [] }], 'third "': { text, none: null } }
  const formatted = formatJson(value)
  expect(JSON.parse(formatted)).toEqual(value)
  expect(formatted.split('\n')).toEqual([
    '{',
    ' "first": {"a":1},',
    ' "second": [',
    `  "${text}",`,
    '  {"b":[]}',
    ' ],',
    ' "third \\"": {',
    `  "text": "${text}",`,
    '  "none": null',
    ' }',
    '}',
  ])
})
