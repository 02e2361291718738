import { expect, test } from 'vitest'
import { ChangeException, CreateException, ExceptionCriteria, isBroadException } from './exceptions.js'

const SHA256 = 'ab'.repeat(32)

test.each([
  { criteria: { sha256: SHA256 }, isBroad: false },
  { criteria: { signature: 'Worm' }, isBroad: false },
  { criteria: { path: '/opt/test/eicar.com' }, isBroad: false },
  { criteria: { path: '/opt/test/\\*.com' }, isBroad: false },
  { criteria: { path: '/opt/test/*.com', namespace: 'ci' }, isBroad: false },
  { criteria: { path: '/opt/**', workload: 'test-*' }, isBroad: false },
  { criteria: { path: '/opt/**', workload: '*' }, isBroad: true },
  { criteria: { path: '/opt/test/*.com' }, isBroad: true },
  { criteria: { path: '/**', namespace: 'ci' }, isBroad: true },
  { criteria: { path: '/*/test', namespace: 'ci' }, isBroad: true },
  { criteria: { path: '**/eicar.com', namespace: 'ci' }, isBroad: true },
  { criteria: { namespace: 'ci' }, isBroad: true },
  { criteria: { image: 'registry/app:1', workload: 'app', namespace: 'ci', cluster: 'prod' }, isBroad: true },
])('$criteria is broad: $isBroad', ({ criteria, isBroad }) => expect(isBroadException(ExceptionCriteria.parse(criteria))).toBe(isBroad))

test.each([
  { name: 'no criterion', criteria: {} },
  { name: 'a misspelled criterion', criteria: { sha256: SHA256, namspace: 'ci' } },
  { name: 'a short hash', criteria: { sha256: 'ab' } },
  { name: 'too many wildcards', criteria: { path: '/a*'.repeat(11) } },
  { name: 'an empty text', criteria: { signature: '' } },
])('rejects $name', ({ criteria }) => expect(ExceptionCriteria.safeParse(criteria).success).toBe(false))

const reason = 'Test file of the CI.'
const criteria = { sha256: SHA256.toUpperCase() }

test('an exception expires after 30 days unless the request states otherwise', () => {
  expect(CreateException.parse({ criteria, reason })).toEqual({
    criteria: { sha256: SHA256 },
    reason,
    expiresInDays: 30,
    confirmBroad: false,
  })
  expect(CreateException.parse({ criteria, reason, expiresInDays: 'never' }).expiresInDays).toBe('never')
})

test.each([{ reason: '' }, { reason: '         .' }, { expiresInDays: 0 }, { expiresInDays: 366 }, { expiresInDays: null }])(
  'rejects %j',
  (changes) => {
    expect(CreateException.safeParse({ criteria, reason, ...changes }).success).toBe(false)
    expect(ChangeException.safeParse(changes).success).toBe(false)
  },
)
