import { expect, test } from 'vitest'
import { explainRuleError } from './rule-error.js'

test.each([
  {
    name: 'a complaint about a place',
    text: 'Error: error[E025]: unknown pattern `$b`\n --> line:3:14\n  |\n3 |  condition: $b }\n  |             ^^ not declared',
    expected: 'line 3: unknown pattern `$b`',
  },
  { name: 'a complaint about no place', text: 'Error: error: too many rules', expected: 'too many rules' },
  { name: 'something else', text: 'RuntimeError: unreachable\n    at wasm://…', expected: 'RuntimeError: unreachable' },
  { name: 'nothing', text: '', expected: '' },
  { name: 'a very long one', text: `error: ${'x'.repeat(1000)}`, expected: 'x'.repeat(400) },
])('$name', ({ text, expected }) => expect(explainRuleError(text)).toBe(expected))
