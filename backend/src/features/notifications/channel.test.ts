import type { NotificationChannelChange } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { auditView, mergeSecrets, settingsOf } from './channel.js'

const SETTINGS = { url: 'https://hooks.example/a?token=hidden', method: 'POST', isTlsVerified: true, timeoutSeconds: 30 } as const
const BEFORE = { headers: [{ name: 'Authorization', value: 'Bearer hidden' }], secret: 'hidden-hidden-hidden' }

test.each([
  { name: 'nothing is named: all stays', before: BEFORE, change: {}, expected: BEFORE },
  { name: 'a new channel has none', before: undefined, change: {}, expected: { headers: [], secret: null } },
  { name: 'null takes the secret away', before: BEFORE, change: { secret: null }, expected: { ...BEFORE, secret: null } },
  { name: 'no headers', before: BEFORE, change: { headers: [] }, expected: { ...BEFORE, headers: [] } },
  {
    name: 'a header without a value keeps its own, whatever its case',
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
])('$name', ({ before, change, expected }) => expect(mergeSecrets(before, { ...SETTINGS, ...change })).toEqual(expected))

test('a header needs a value', () =>
  expect(() => mergeSecrets(BEFORE, { ...SETTINGS, headers: [{ name: 'x-new' }] })).toThrow('give a value for the header x-new'))

test('the audit log learns of no secret', () => {
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
