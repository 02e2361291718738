import { expect, test } from 'vitest'
import { NotificationChannelChange } from './notifications.js'

const channel = (webhook: object, rest: object = {}) => ({
  kind: 'webhook',
  name: 'On call',
  events: ['stale-critical'],
  webhook: { url: 'https://hooks.site.example/a?b=c', ...webhook },
  ...rest,
})
const parse = (value: unknown) => NotificationChannelChange.safeParse(value)

test('applies defaults', () => {
  expect(parse(channel({})).data).toEqual({
    kind: 'webhook',
    name: 'On call',
    isEnabled: true,
    events: ['stale-critical'],
    sendResolved: true,
    webhook: { url: 'https://hooks.site.example/a?b=c', method: 'POST', isTlsVerified: true, timeoutSeconds: 30 },
  })
})

test.each([
  'https://user:pw@hooks.example/',
  'https://user@hooks.example',
  'https:///user:pw@hooks.example/',
  'https:\\\\user:pw@hooks.example/',
  'https://hooks.example\\@elsewhere.example/',
  'ftp://hooks.example/',
  'file:///etc/passwd',
  'hooks.example',
  'https://a b/',
  `https://hooks.example/${'a'.repeat(2048)}`,
])('rejects the address %s', (url) => expect(parse(channel({ url })).success).toBe(false))

test.each(['http://10.0.0.7:8080/hook', 'https://[fd00::7]:8443/x', 'https://hooks.example/@me?to=a@b#c'])(
  'accepts the address %s',
  (url) => expect(parse(channel({ url })).error).toBeUndefined(),
)

test.each([
  { name: 'host', value: 'x' },
  { name: 'Content-Length', value: '1' },
  { name: 'guardimesh-signature', value: 'x' },
  { name: 'x y', value: 'x' },
  { name: 'x-a', value: 'a\r\nx-b: c' },
  { name: 'x-a', value: 'ü' },
  { name: 'x-a', value: '' },
])('rejects the header $name $value', (header) => expect(parse(channel({ headers: [header] })).success).toBe(false))

test.each([
  {
    name: 'the same header twice',
    value: channel({
      headers: [
        { name: 'x-a', value: '1' },
        { name: 'X-A', value: '2' },
      ],
    }),
  },
  { name: 'more than 20 headers', value: channel({ headers: Array.from({ length: 21 }, (_, n) => ({ name: `x-${n}`, value: '1' })) }) },
  { name: 'a short secret', value: channel({ secret: 'a'.repeat(15) }) },
  { name: 'a long secret', value: channel({ secret: 'a'.repeat(257) }) },
  { name: 'a timeout of 0', value: channel({ timeoutSeconds: 0 }) },
  { name: 'a timeout that is too long', value: channel({ timeoutSeconds: 61 }) },
  { name: 'no event', value: channel({}, { events: [] }) },
  { name: 'an unknown event', value: channel({}, { events: ['flood'] }) },
  { name: 'an event twice', value: channel({}, { events: ['stale-critical', 'stale-critical'] }) },
  { name: 'an unknown kind', value: channel({}, { kind: 'pigeon' }) },
  { name: 'a blank name', value: channel({}, { name: '  ' }) },
])('rejects $name', ({ value }) => expect(parse(value).success).toBe(false))
