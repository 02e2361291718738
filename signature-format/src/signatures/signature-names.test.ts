import { expect, test } from 'vitest'
import { isSignatureName } from './signature-names.js'

test.each([
  { kind: 'clamav', name: 'daily.cld', expected: true },
  { kind: 'clamav', name: 'third-party_1.yara', expected: true },
  { kind: 'clamav', name: 'notes.txt', expected: false },
  { kind: 'clamav', name: '.hidden.ndb', expected: false },
  { kind: 'clamav', name: '../up.ndb', expected: false },
  { kind: 'clamav', name: `${'x'.repeat(127)}.ndb`, expected: false },
  { kind: 'clamav', name: 'guardimesh-generation.hsb', expected: false },
  { kind: 'clamav', name: 'guardimesh-formats.ldb', expected: false },
  { kind: 'yara', name: 'rules.yar', expected: true },
  { kind: 'yara', name: 'daily.cvd', expected: false },
] as const)('validates $kind/$name: $expected', ({ kind, name, expected }) => expect(isSignatureName(kind, name)).toBe(expected))
