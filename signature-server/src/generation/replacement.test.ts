import { expect, test } from 'vitest'
import { isReplacedBy, requireNoDowngrade } from './replacement.js'

const aSource = (path: string, version?: number) => {
  const [kind, name = ''] = path.split('/')
  return { kind: kind === 'yara' ? ('yara' as const) : ('clamav' as const), name, ...(version === undefined ? {} : { version }) }
}
const aReplacement = (name: string, isDowngradeAllowed = false) => ({ kind: 'clamav' as const, name, isDowngradeAllowed })

test.each([
  { current: 'clamav/daily.cvd', name: 'daily.cld', expected: true },
  { current: 'clamav/daily.cvd', name: 'daily.cvd', expected: true },
  { current: 'clamav/daily.cvd', name: 'main.cvd', expected: false },
  { current: 'clamav/daily.cvd', name: 'daily.ndb', expected: false },
  { current: 'clamav/ours.ndb', name: 'ours.ndb', expected: true },
  { current: 'clamav/ours.ndb', name: 'ours.hdb', expected: false },
  { current: 'yara/ours.yar', name: 'ours.yar', expected: false },
])('$current replaced by $name: $expected', ({ current, name, expected }) =>
  expect(isReplacedBy(aSource(current), aReplacement(name))).toBe(expected),
)

test.each([
  { name: 'a newer version', current: aSource('clamav/daily.cvd', 5), next: 'daily.cvd', version: 6 },
  { name: 'the same version, rebuilt', current: aSource('clamav/daily.cvd', 5), next: 'daily.cld', version: 5 },
  { name: 'an allowed older version', current: aSource('clamav/daily.cvd', 5), next: 'daily.cvd', version: 4, isDowngradeAllowed: true },
  { name: 'another name', current: aSource('clamav/daily.cvd', 5), next: 'main.cvd', version: 1 },
  { name: 'a loose file', current: aSource('clamav/ours.ndb'), next: 'ours.ndb', version: undefined },
  { name: 'an unsigned replacement of an unsigned database', current: aSource('clamav/ours.cud', 1), next: 'ours.cud', version: 2 },
])('accepts $name', ({ current, next, version, isDowngradeAllowed }) =>
  expect(() => requireNoDowngrade(aReplacement(next, isDowngradeAllowed), version, [current])).not.toThrow(),
)

test.each([
  {
    name: 'an older version',
    current: aSource('clamav/daily.cvd', 5),
    next: 'daily.cld',
    version: 4,
    message: /version 4.*has 5.*daily\.cld\.allow-downgrade/,
  },
  {
    name: 'an unsigned replacement of a signed database',
    current: aSource('clamav/daily.cvd', 5),
    next: 'daily.cud',
    version: 6,
    message: /is unsigned/,
  },
  {
    name: 'an unsigned replacement, even with a downgrade allowed',
    current: aSource('clamav/daily.cld', 5),
    next: 'daily.cud',
    version: 4,
    isDowngradeAllowed: true,
    message: /is unsigned/,
  },
])('rejects $name', ({ current, next, version, isDowngradeAllowed, message }) =>
  expect(() => requireNoDowngrade(aReplacement(next, isDowngradeAllowed), version, [current])).toThrow(message),
)
