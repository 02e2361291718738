import { describe, expect, test } from 'vitest'
import { isSkippedNamespace } from './skipped-namespace.js'

describe('isSkippedNamespace', () => {
  test.each([
    { namespace: 'shop', patterns: [], expected: false },
    { namespace: 'shop', patterns: ['shop'], expected: true },
    { namespace: 'shop-2', patterns: ['shop'], expected: false },
    { namespace: 'shop-2', patterns: ['shop-*'], expected: true },
    { namespace: '', patterns: ['shop-*'], expected: false },
  ])('$namespace in $patterns', ({ namespace, patterns, expected }) => expect(isSkippedNamespace(namespace, patterns)).toBe(expected))
})
