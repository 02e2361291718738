import { expect, test } from 'vitest'
import { explainRuleError } from './rule-error.js'

test.each([
  {
    name: 'an error with a line number',
    text: 'Error: error[E025]: unknown pattern `$b`\n --> line:3:14\n  |\n3 |  condition: $b }\n  |             ^^ not declared',
    expected: 'line 3: unknown pattern `$b`',
  },
  { name: 'an error without a line number', text: 'Error: error: too many rules', expected: 'too many rules' },
  { name: 'a message of another format', text: 'RuntimeError: unreachable\n    at wasm://…', expected: 'RuntimeError: unreachable' },
  { name: 'an empty message', text: '', expected: '' },
  { name: 'a long message', text: `error: ${'x'.repeat(1000)}`, expected: 'x'.repeat(400) },
])('explains $name', ({ text, expected }) => expect(explainRuleError(text)).toBe(expected))
