import { expect, test } from 'vitest'
import { isReplacedBy, requireSuccession } from './succession.js'

const aLive = (path: string, version?: number) => {
  const [kind, name = ''] = path.split('/')
  return { kind: kind === 'yara' ? ('yara' as const) : ('clamav' as const), name, ...(version === undefined ? {} : { version }) }
}
const aSuccessor = (name: string, mayBeOlder = false) => ({ kind: 'clamav' as const, name, mayBeOlder })

test.each([
  { live: 'clamav/daily.cvd', name: 'daily.cld', expected: true },
  { live: 'clamav/daily.cvd', name: 'daily.cvd', expected: true },
  { live: 'clamav/daily.cvd', name: 'main.cvd', expected: false },
  { live: 'clamav/daily.cvd', name: 'daily.ndb', expected: false },
  { live: 'clamav/ours.ndb', name: 'ours.ndb', expected: true },
  { live: 'clamav/ours.ndb', name: 'ours.hdb', expected: false },
  { live: 'yara/ours.yar', name: 'ours.yar', expected: false },
])('$live replaced by $name: $expected', ({ live, name, expected }) => expect(isReplacedBy(aLive(live), aSuccessor(name))).toBe(expected))

test.each([
  { name: 'a newer one', live: aLive('clamav/daily.cvd', 5), next: 'daily.cvd', version: 6 },
  { name: 'the same version, built again', live: aLive('clamav/daily.cvd', 5), next: 'daily.cld', version: 5 },
  { name: 'an older one by leave', live: aLive('clamav/daily.cvd', 5), next: 'daily.cvd', version: 4, mayBeOlder: true },
  { name: 'another name', live: aLive('clamav/daily.cvd', 5), next: 'main.cvd', version: 1 },
  { name: 'a loose file', live: aLive('clamav/ours.ndb'), next: 'ours.ndb', version: undefined },
  { name: 'an unsigned one of an unsigned', live: aLive('clamav/ours.cud', 1), next: 'ours.cud', version: 2 },
])('taken: $name', ({ live, next, version, mayBeOlder }) =>
  expect(() => requireSuccession(aSuccessor(next, mayBeOlder), version, [live])).not.toThrow(),
)

test.each([
  {
    name: 'an older one',
    live: aLive('clamav/daily.cvd', 5),
    next: 'daily.cld',
    version: 4,
    says: /version 4.*has 5.*daily\.cld\.allow-downgrade/,
  },
  { name: 'an unsigned one of a signed', live: aLive('clamav/daily.cvd', 5), next: 'daily.cud', version: 6, says: /not signed/ },
  {
    name: 'an unsigned one, by leave to be older',
    live: aLive('clamav/daily.cld', 5),
    next: 'daily.cud',
    version: 4,
    mayBeOlder: true,
    says: /not signed/,
  },
])('refused: $name', ({ live, next, version, mayBeOlder, says }) =>
  expect(() => requireSuccession(aSuccessor(next, mayBeOlder), version, [live])).toThrow(says),
)
