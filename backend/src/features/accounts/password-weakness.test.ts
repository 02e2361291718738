import { expect, test } from 'vitest'
import { passwordWeakness } from './password-weakness.js'
import { generatePassword } from './passwords.js'

const EMAIL = 'maria.lopez@example.org'

test.each([
  ['aaaaaaaaaaaa', /fewer than 5 different characters/],
  ['abababababab', /fewer than 5 different characters/],
  ['Password2026!', /common words/],
  ['P@ssw0rd1234', /common words/],
  ['qwertyuiop123', /common words/],
  ['1qaz2wsx3edc', /common words/],
  ['adminadmin12', /common words/],
  ['Administrator1', /common words/],
  ['changeme-changeme', /common words/],
  ['guardimesh2026', /common words/],
  ['123456789012', /common words/],
  ['abcdefghijklm', /common words/],
  ['maria.lopez.2026', /common words/],
  ['Welcome123456', /common words/],
  ['987654321098', /common words/],
  ['🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑', /fewer than 5 different characters/],
  [`${'123456'.repeat(10)}2026`, /common words/],
])('rejects %s', (password, reason) => expect(passwordWeakness(password, EMAIL)).toMatch(reason))

test.each([
  'a'.repeat(72),
  '🔑'.repeat(18),
  '🔑🚨🧯🛟🧭🗝🔑🚨🧯🛟🧭🗝',
  'a long new password',
  'Größe-über-Älles-2026',
  'correct horse battery',
  'パスワードは長いほうがいい',
  generatePassword(),
])('accepts %s', (password) => expect(passwordWeakness(password, EMAIL)).toBeUndefined())
