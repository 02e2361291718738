import type { NotificationChannelKind } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { addressOf, auditView, type ChannelHead, isReadable, mergeSecrets, settingsOf } from './channel.js'

const SETTINGS = {
  url: 'https://hooks.example/a?token=hidden',
  method: 'POST',
  customer: '',
  isTlsVerified: true,
  caCertificate: '',
  timeoutSeconds: 30,
} as const
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
  expect(mergeSecrets('webhook', before && { settings: SETTINGS, secrets: before }, { ...SETTINGS, ...change })).toEqual(expected),
)

test('requires a value for a new header', () =>
  expect(() => mergeSecrets('webhook', { settings: SETTINGS, secrets: BEFORE }, { ...SETTINGS, headers: [{ name: 'x-new' }] })).toThrow(
    'the new header x-new has no value',
  ))

const STORED = { settings: SETTINGS, secrets: BEFORE }
test.each(['https://evil.example/a', 'http://hooks.example/a', 'https://hooks.example:8443/a'])('never sends kept secrets to %s', (url) => {
  const change = { ...SETTINGS, url }
  expect(() => mergeSecrets('webhook', STORED, change)).toThrow('enter again or remove: the header Authorization, the secret')
  expect(() => mergeSecrets('webhook', STORED, { ...change, headers: [{ name: 'authorization' }], secret: null })).toThrow(
    'the header authorization',
  )
  expect(() => mergeSecrets('webhook', STORED, { ...change, headers: [] })).toThrow('the secret')
  const entered = { headers: [{ name: 'Authorization', value: 'new' }], secret: 'a new secret of this' }
  expect(mergeSecrets('webhook', STORED, { ...change, ...entered })).toEqual(entered)
  expect(mergeSecrets('webhook', STORED, { ...change, headers: [], secret: null })).toEqual({ headers: [], secret: null })
})

test('keeps secrets for another path of the same origin', () =>
  expect(mergeSecrets('webhook', STORED, { ...SETTINGS, url: 'https://HOOKS.example:443/b' })).toEqual(BEFORE))

const UNREADABLE = { headers: [{ name: 'Authorization', value: { encrypted: 'x' } }], secret: 'hidden-hidden-hidden' }

test('keeps a secret that cannot be decrypted until it is entered again', () => {
  const stored = { settings: SETTINGS, secrets: UNREADABLE }
  const kept = mergeSecrets('webhook', stored, SETTINGS)
  expect(kept).toEqual(UNREADABLE)
  expect(isReadable(kept)).toBe(false)
  const repaired = mergeSecrets('webhook', stored, { ...SETTINGS, headers: [{ name: 'Authorization', value: 'new' }] })
  expect(repaired).toEqual({ headers: [{ name: 'Authorization', value: 'new' }], secret: 'hidden-hidden-hidden' })
  expect(isReadable(repaired)).toBe(true)
  expect(() => mergeSecrets('webhook', stored, { ...SETTINGS, url: 'https://evil.example/' })).toThrow(
    'the header Authorization, the secret',
  )
})

const aHead = (kind: NotificationChannelKind): ChannelHead => ({ kind, name: 'On call', isEnabled: true })

test('excludes secrets from the audit log', () => {
  const view = auditView(aHead('webhook'), settingsOf('webhook', { ...SETTINGS, ...BEFORE }, undefined), BEFORE)
  expect(view).toMatchObject({ url: 'https://hooks.example/a', headers: ['Authorization'], hasSecret: true, hasCaCertificate: false })
  expect(JSON.stringify(view)).not.toContain('hidden')
})

const TRANSPORT = { isTlsVerified: true, caCertificate: '', timeoutSeconds: 30 }
const MAIL = { host: 'mail.example', port: 587, encryption: 'starttls', ...TRANSPORT }
test.each([{ host: 'evil.example' }, { port: 25 }, { encryption: 'none' }])('never sends a kept password to %o', (change) => {
  const stored = { settings: MAIL, secrets: { headers: [], secret: 'hidden' } }
  expect(mergeSecrets('email', stored, MAIL)).toEqual(stored.secrets)
  expect(() => mergeSecrets('email', stored, { ...MAIL, ...change })).toThrow('email.host: the address has another')
  expect(mergeSecrets('email', stored, { ...MAIL, ...change, secret: 'new' })).toEqual({ headers: [], secret: 'new' })
})

test('stores the host of an address that is a secret, and keeps the address', () => {
  const secret = 'https://hooks.slack.example/services/hidden'
  const settings = settingsOf('slack', { ...TRANSPORT, secret }, undefined)
  expect(settings).toEqual({ ...TRANSPORT, host: 'hooks.slack.example' })
  const stored = { settings, secrets: { headers: [], secret } }
  expect(mergeSecrets('slack', stored, TRANSPORT)).toEqual(stored.secrets)
  expect(settingsOf('slack', TRANSPORT, settings)).toEqual(settings)
  expect(JSON.stringify(auditView(aHead('slack'), settings, stored.secrets))).not.toContain('hidden')
})

test.each(['slack', 'teams', 'pagerduty', 'jira', 'servicenow', 'splunk'] as const)('requires the secret of a new %s channel', (kind) =>
  expect(() => mergeSecrets(kind, undefined, { url: 'https://a.example', ...TRANSPORT })).toThrow(`${kind}.secret: required`),
)

test('rejects an authority that is not a certificate', () => {
  const caCertificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
  expect(() => settingsOf('webhook', { ...SETTINGS, caCertificate }, undefined)).toThrow('webhook.caCertificate: not a certificate')
})

test.each([
  { kind: 'webhook', settings: { url: 'https://a.example/x' }, host: 'a.example' },
  { kind: 'email', settings: { host: 'mail.example', port: 25 }, host: 'mail.example:25' },
  { kind: 'syslog', settings: { host: 'fd00::7', port: 6514 }, host: '[fd00::7]:6514' },
  { kind: 'slack', settings: { host: 'hooks.example:8443' }, host: 'hooks.example:8443' },
] as const)('explains outcomes of $kind with the host $host', ({ kind, settings, host }) =>
  expect(addressOf(kind, settings).host).toBe(host),
)
