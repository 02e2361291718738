import type { NotificationChannelChange } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { auditView, isReadable, mergeSecrets, settingsOf } from './channel.js'

const SETTINGS = { url: 'https://hooks.example/a?token=hidden', method: 'POST', isTlsVerified: true, timeoutSeconds: 30 } as const
const BEFORE = { headers: [{ name: 'Authorization', value: 'Bearer hidden' }], secret: 'hidden-hidden-hidden' }

test.each([
  { name: 'keeps everything that is omitted', before: BEFORE, change: {}, expected: BEFORE },
  { name: 'starts without secrets', before: undefined, change: {}, expected: { headers: [], secret: null } },
  { name: 'removes the secret with null', before: BEFORE, change: { secret: null }, expected: { ...BEFORE, secret: null } },
  { name: 'removes all headers', before: BEFORE, change: { headers: [] }, expected: { ...BEFORE, headers: [] } },
  {
    name: 'keeps the value of a header without one, ignoring case',
    before: BEFORE,
    change: { headers: [{ name: 'authorization' }, { name: 'x-a', value: 'new' }] },
    expected: {
      ...BEFORE,
      headers: [
        { name: 'authorization', value: 'Bearer hidden' },
        { name: 'x-a', value: 'new' },
      ],
    },
  },
])('$name', ({ before, change, expected }) =>
  expect(mergeSecrets(before && { settings: SETTINGS, secrets: before }, { ...SETTINGS, ...change })).toEqual(expected),
)

test('requires a value for a new header', () =>
  expect(() => mergeSecrets({ settings: SETTINGS, secrets: BEFORE }, { ...SETTINGS, headers: [{ name: 'x-new' }] })).toThrow(
    'the new header x-new has no value',
  ))

const STORED = { settings: SETTINGS, secrets: BEFORE }
test.each(['https://evil.example/a', 'http://hooks.example/a', 'https://hooks.example:8443/a'])('never sends kept secrets to %s', (url) => {
  const change = { ...SETTINGS, url }
  expect(() => mergeSecrets(STORED, change)).toThrow('enter again or remove: the header Authorization, the secret')
  expect(() => mergeSecrets(STORED, { ...change, headers: [{ name: 'authorization' }], secret: null })).toThrow('the header authorization')
  expect(() => mergeSecrets(STORED, { ...change, headers: [] })).toThrow('the secret')
  const entered = { headers: [{ name: 'Authorization', value: 'new' }], secret: 'a new secret of this' }
  expect(mergeSecrets(STORED, { ...change, ...entered })).toEqual(entered)
  expect(mergeSecrets(STORED, { ...change, headers: [], secret: null })).toEqual({ headers: [], secret: null })
})

test('keeps secrets for another path of the same origin', () =>
  expect(mergeSecrets(STORED, { ...SETTINGS, url: 'https://HOOKS.example:443/b' })).toEqual(BEFORE))

const UNREADABLE = { headers: [{ name: 'Authorization', value: { encrypted: 'x' } }], secret: 'hidden-hidden-hidden' }

test('keeps a secret that cannot be decrypted until it is entered again', () => {
  const stored = { settings: SETTINGS, secrets: UNREADABLE }
  const kept = mergeSecrets(stored, SETTINGS)
  expect(kept).toEqual(UNREADABLE)
  expect(isReadable(kept)).toBe(false)
  const repaired = mergeSecrets(stored, { ...SETTINGS, headers: [{ name: 'Authorization', value: 'new' }] })
  expect(repaired).toEqual({ headers: [{ name: 'Authorization', value: 'new' }], secret: 'hidden-hidden-hidden' })
  expect(isReadable(repaired)).toBe(true)
  expect(() => mergeSecrets(stored, { ...SETTINGS, url: 'https://evil.example/' })).toThrow('the header Authorization, the secret')
})

test('excludes secrets from the audit log', () => {
  const channel: NotificationChannelChange = {
    kind: 'webhook',
    name: 'On call',
    isEnabled: true,
    events: ['stale-critical'],
    sendResolved: true,
    webhook: { ...SETTINGS, ...BEFORE },
  }
  const view = auditView(channel, settingsOf(channel.webhook), BEFORE)
  expect(view).toMatchObject({ url: 'https://hooks.example/a', headers: ['Authorization'], hasSecret: true })
  expect(JSON.stringify(view)).not.toContain('hidden')
})
