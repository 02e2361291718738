import type {
  NotificationChannel,
  NotificationChannelList,
  NotificationDeliveryList,
  NotificationRule,
  NotificationRuleList,
} from '@guardimesh/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { decryptSecrets, type SecretTexts } from '../src/features/notifications/channel-secrets.js'
import { SecretCipher } from '../src/platform/secrets/secret-cipher.js'
import { captureLog } from './captured-log.js'
import { request } from './client.js'
import { startTestApi, TEST_KEY, type TestApi, type TestSession } from './harness.js'

const PATH = '/api/notifications/channels'
const SECRET = 'a-secret-that-nobody-sees'
const HEADER = 'Bearer-value-that-nobody-sees'
const { log, lines } = captureLog()
let api: TestApi
let session: TestSession

beforeAll(async () => {
  api = await startTestApi({ log })
  session = await api.login()
})
afterAll(() => api.close())
beforeEach(() => api.query('TRUNCATE notification_channels, notification_rules, notification_deliveries, audit_log'))

const aChannel = (webhook: object = {}, rest: object = {}) => ({
  kind: 'webhook',
  name: 'On call',
  webhook: {
    url: 'https://hooks.site.example/in?token=in-the-query',
    headers: [{ name: 'Authorization', value: HEADER }],
    secret: SECRET,
    ...webhook,
  },
  ...rest,
})

async function create(channel: object = aChannel()): Promise<NotificationChannel> {
  const { status, body } = await request<NotificationChannel>(api, 'POST', PATH, { session, json: channel })
  expect(status).toBe(201)
  return body
}
const replace = (channelId: string, json: object) => request<NotificationChannel>(api, 'PUT', `${PATH}/${channelId}`, { session, json })
const list = async () => (await request<NotificationChannelList>(api, 'GET', PATH, { session })).body.items
/** Checks that a row contains no plain secret, and returns the decrypted ones. */
async function secretsOf(channelId: string) {
  const sql = 'SELECT settings, secrets, channel::text AS text FROM notification_channels channel WHERE channel_id = $1'
  const [row] = await api.query<{ settings: { url: string }; secrets: SecretTexts; text: string }>(sql, [channelId])
  if (!row) throw new Error('the channel does not exist')
  for (const secret of [SECRET, HEADER, 'blue']) expect(row.text).not.toContain(secret)
  return decryptSecrets(new SecretCipher([TEST_KEY]), { ...row, channelId }, row.secrets)
}

test('creates, lists, changes and deletes a channel without returning its secrets', async () => {
  const made = await create()
  expect(made).toEqual({
    channelId: made.channelId,
    kind: 'webhook',
    name: 'On call',
    isEnabled: true,
    updatedAt: expect.any(String),
    updatedBy: 'admin@example.org',
    lastDelivery: null,
    webhook: {
      url: 'https://hooks.site.example/in?token=in-the-query',
      method: 'POST',
      customer: '',
      isTlsVerified: true,
      caCertificate: '',
      timeoutSeconds: 30,
      headers: [{ name: 'Authorization', isSet: true }],
      hasSecret: true,
      hasUnreadableSecrets: false,
    },
  })
  expect(await list()).toEqual([made])
  const { headers: _, secret: __, ...open } = aChannel().webhook
  const renamed = await replace(made.channelId, {
    ...aChannel(),
    name: 'Night shift',
    isEnabled: false,
    webhook: { ...open, method: 'PUT' },
  })
  expect(renamed).toMatchObject({
    status: 200,
    body: { name: 'Night shift', isEnabled: false, webhook: { method: 'PUT', hasSecret: true } },
  })
  expect(await secretsOf(made.channelId)).toEqual({ headers: [{ name: 'Authorization', value: HEADER }], secret: SECRET })
  await replace(made.channelId, aChannel({ secret: null, headers: [{ name: 'authorization' }, { name: 'x-team', value: 'blue' }] }))
  expect(await secretsOf(made.channelId)).toEqual({
    headers: [
      { name: 'authorization', value: HEADER },
      { name: 'x-team', value: 'blue' },
    ],
    secret: null,
  })
  expect((await list())[0]).toMatchObject({ webhook: { hasSecret: false, headers: [{ name: 'authorization' }, { name: 'x-team' }] } })
  expect((await request(api, 'DELETE', `${PATH}/${made.channelId}`, { session })).status).toBe(204)
  expect(await list()).toEqual([])
})

test('records changes in the audit log without secrets', async () => {
  const { channelId } = await create()
  await replace(channelId, aChannel({ secret: `${SECRET}-2` }))
  await api.query(`INSERT INTO notification_deliveries (channel_id, event, alert, expires_at) VALUES ($1, 'test', '{}', now())`, [
    channelId,
  ])
  const answers = [
    (await request(api, 'GET', PATH, { session })).text,
    (await request(api, 'GET', `${PATH}/${channelId}/deliveries`, { session })).text,
    (await replace(channelId, aChannel({ url: 'ftp://x', secret: 'short' }))).text,
    (await request(api, 'DELETE', `${PATH}/${channelId}`, { session })).text,
  ]
  const entries = await api.query<{ action: string; target: string; details: object }>(
    'SELECT action, target, details FROM audit_log ORDER BY audit_id',
  )
  expect(entries.map(({ action, target }) => [action, target])).toEqual(
    ['create', 'change', 'delete'].map((verb) => [`notification-channel.${verb}`, channelId]),
  )
  expect(entries[1]?.details).toMatchObject({
    before: { name: 'On call', url: 'https://hooks.site.example/in', headers: ['Authorization'], hasSecret: true },
    hasNewHeaders: false,
    hasNewSecret: true,
  })
  expect(lines.length).toBeGreaterThan(0)
  for (const text of [...answers, JSON.stringify(entries), JSON.stringify(lines)])
    for (const secret of [SECRET, HEADER]) expect(text).not.toContain(secret)
  expect(JSON.stringify(entries)).not.toContain('in-the-query')
})

test.each([
  { name: 'credentials in the address', channel: aChannel({ url: 'https://me:pw@hooks.example/' }), field: 'webhook.url' },
  { name: 'another scheme', channel: aChannel({ url: 'file:///etc/passwd' }), field: 'webhook.url' },
  { name: 'a header without a value', channel: aChannel({ headers: [{ name: 'x-new' }] }), field: 'webhook.headers' },
  { name: 'a reserved header', channel: aChannel({ headers: [{ name: 'Host', value: 'x' }] }), field: 'webhook.headers.0.name' },
  { name: 'a short secret', channel: aChannel({ secret: 'short' }), field: 'webhook.secret' },
  { name: 'an unknown kind', channel: aChannel({}, { kind: 'pigeon' }), field: 'kind' },
])('rejects $name and names the field', async ({ channel, field }) => {
  const answer = await request(api, 'POST', PATH, { session, json: channel })
  expect(answer).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
  expect(answer.body.detail).toContain(`${field}: `)
})

test('limits the number of channels to 50', async () => {
  await api.query(
    `INSERT INTO notification_channels (kind, name, is_enabled, settings, secrets, updated_by)
     SELECT 'webhook', 'n', false, '{}', '{"headers": [], "secret": null}', '' FROM generate_series(1, 49)`,
  )
  const answers = await Promise.all([1, 2, 3].map(() => request(api, 'POST', PATH, { session, json: aChannel() })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409])
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'NOTIFICATION_CHANNEL_LIMIT_REACHED' })
})

test('returns 404 for unknown channels', async () => {
  for (const channelId of ['00000000-0000-4000-8000-000000000000', 'x'])
    for (const [method, path, json] of [
      ['PUT', '', aChannel()],
      ['DELETE', '', undefined],
      ['POST', '/test', undefined],
      ['GET', '/deliveries', undefined],
    ] as const)
      expect(await request(api, method, `${PATH}/${channelId}${path}`, { session, ...(json ? { json } : {}) })).toMatchObject({
        status: 404,
        body: { code: 'NOTIFICATION_CHANNEL_NOT_FOUND' },
      })
})

test('allows administrators with a session only', async () => {
  const { channelId } = await create()
  const key = await api.createKey('ingestion', 'console:read', 'signatures:write')
  const routes = [
    ['GET', PATH],
    ['POST', PATH],
    ['PUT', `${PATH}/${channelId}`],
    ['DELETE', `${PATH}/${channelId}`],
    ['POST', `${PATH}/${channelId}/test`],
    ['GET', `${PATH}/${channelId}/deliveries`],
  ] as const
  const codes = (credentials: object) =>
    Promise.all(routes.map(async ([method, path]) => (await request(api, method, path, credentials)).body.code))
  expect(new Set(await codes({}))).toEqual(new Set(['UNAUTHENTICATED']))
  expect(new Set(await codes({ key }))).toEqual(new Set(['SESSION_REQUIRED']))
  await api.query(`UPDATE accounts SET role = 'viewer'`)
  try {
    expect(new Set(await codes({ session }))).toEqual(new Set(['ROLE_MISSING']))
  } finally {
    await api.query(`UPDATE accounts SET role = 'administrator'`)
  }
})

test('lists the latest 100 deliveries, latest first', async () => {
  const { channelId } = await create()
  await api.query(
    `INSERT INTO notification_deliveries (channel_id, event, alert_id, alert, state, expires_at)
     SELECT $1, 'signature_alert', n, jsonb_build_object('kind', 'stale-critical', 'subject', n::text, 'message', 's'), 'delivered', now()
     FROM generate_series(1, 101) n`,
    [channelId],
  )
  const { body } = await request<NotificationDeliveryList>(api, 'GET', `${PATH}/${channelId}/deliveries`, { session })
  expect(body.items).toHaveLength(100)
  expect(body.items[0]).toMatchObject({ subject: '101', alertKind: 'stale-critical', state: 'delivered', nextAttemptAt: null })
})

test('reports a test without a running worker', async () => {
  const { channelId } = await create(aChannel({ timeoutSeconds: 1 }))
  const [first, second] = await Promise.all(
    [0, 300].map(async (pauseMs) => {
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      return request<{ code?: string; isDelivered: boolean; message: string }>(api, 'POST', `${PATH}/${channelId}/test`, { session })
    }),
  )
  expect(second).toMatchObject({ status: 409, body: { code: 'NOTIFICATION_TEST_RUNNING' } })
  expect(first).toMatchObject({
    status: 200,
    body: { isDelivered: false, message: expect.stringContaining('No worker picked up the test') },
  })
  const entries = await api.query<{ action: string }>('SELECT action FROM audit_log ORDER BY audit_id')
  expect(entries.map(({ action }) => action)).toEqual(['notification-channel.create', 'notification-channel.test'])
}, 30_000)

describe('rules', () => {
  const RULES = '/api/notifications/rules'
  const aRule = (channelId: string, changes: object = {}) => ({
    ...{ name: 'Night', channelId, selection: { events: ['incident-opened', 'stale-critical'], namespaces: ['shop'] }, ...changes },
  })
  const send = <Body>(method: string, path: string, json?: object) =>
    request<Body>(api, method, `${RULES}${path}`, { session, ...(json ? { json } : {}) })

  test('creates, lists, changes and deletes a rule, with entries in the audit log', async () => {
    const [{ channelId }, { channelId: pager }] = [await create(), await create()]
    const quietHours = { from: '22:00', to: '06:00', timeZone: 'Europe/Berlin', passCritical: true }
    const escalation = { afterMinutes: 15, channelId: pager }
    const made = (await send<NotificationRule>('POST', '', aRule(channelId, { quietHours, escalation, digestMinutes: 5 }))).body
    expect(made).toMatchObject({ ...aRule(channelId), quietHours, escalation, digestMinutes: 5, updatedBy: 'admin@example.org' })
    const changed = await send<NotificationRule>('PUT', `/${made.ruleId}`, aRule(channelId, { name: 'Day', isEnabled: false }))
    expect(changed.body).toMatchObject({ ruleId: made.ruleId, name: 'Day', isEnabled: false, quietHours: null, escalation: null })
    expect((await send<NotificationRuleList>('GET', '')).body.items).toEqual([changed.body])
    expect((await send('DELETE', `/${made.ruleId}`)).status).toBe(204)
    await send('POST', '', aRule(pager))
    await request(api, 'DELETE', `${PATH}/${pager}`, { session })
    expect((await send<NotificationRuleList>('GET', '')).body.items).toEqual([])
    const entries = await api.query<{ action: string }>(
      `SELECT action FROM audit_log WHERE action LIKE 'notification-rule.%' ORDER BY audit_id`,
    )
    expect(entries.map(({ action }) => action)).toEqual(['create', 'change', 'delete', 'create'].map((verb) => `notification-rule.${verb}`))
  })

  test('rejects unknown channels, rules and an escalation to the same channel', async () => {
    const { channelId } = await create()
    const unknown = '00000000-0000-4000-8000-000000000000'
    for (const [change, field] of [
      [aRule(unknown), 'channelId'],
      [aRule(channelId, { escalation: { afterMinutes: 1, channelId: unknown } }), 'escalation.channelId'],
      [aRule(channelId, { escalation: { afterMinutes: 1, channelId } }), 'escalation.channelId'],
      [aRule(channelId, { selection: { events: ['flood'] } }), 'selection.events'],
    ] as const)
      expect(await send('POST', '', change)).toMatchObject({
        status: 400,
        body: { code: 'BODY_INVALID', detail: expect.stringContaining(field) },
      })
    for (const ruleId of [unknown, 'x'])
      for (const [method, json] of [
        ['PUT', aRule(channelId)],
        ['DELETE', undefined],
      ] as const)
        expect(await send(method, `/${ruleId}`, json)).toMatchObject({ status: 404, body: { code: 'NOTIFICATION_RULE_NOT_FOUND' } })
  })

  test('limits the number of rules to 200', async () => {
    const { channelId } = await create()
    await api.query(
      `INSERT INTO notification_rules (name, is_enabled, channel_id, selection, send_resolved, digest_minutes, cool_down_minutes, updated_by)
       SELECT 'n', false, $1, '{}', true, 0, 0, '' FROM generate_series(1, 199)`,
      [channelId],
    )
    const answers = await Promise.all([1, 2, 3].map(() => send<{ code?: string }>('POST', '', aRule(channelId))))
    expect(answers.map(({ body }) => body.code).toSorted()).toEqual([
      'NOTIFICATION_RULE_LIMIT_REACHED',
      'NOTIFICATION_RULE_LIMIT_REACHED',
      undefined,
    ])
  })

  test('previews the messages of the last seven days', async () => {
    const { channelId } = await create()
    await api.query(`
      TRUNCATE notification_events, incident_events;
      INSERT INTO incident_events (incident_id, kind, occurred_at, cluster_id, signature_name, severity, findings, namespaces, sources)
      SELECT n, 'opened', now() - make_interval(days => days), 'prod', 'Eicar', 'high', 1, ARRAY[namespace], '{}'
      FROM (VALUES (1, 0, 'shop'), (1, 0, 'shop'), (2, 1, 'shop'), (3, 1, 'kube-system'), (4, 8, 'shop')) AS row (n, days, namespace);
      INSERT INTO notification_events (kind, severity, alert_id, is_cleared, alert)
      SELECT 'stale-critical', 'critical', 1, is_cleared, '{"subject": "active", "facts": {}}' FROM unnest('{false,true}'::boolean[]) AS is_cleared`)
    const preview = async (changes: object) => (await send('POST', '/preview', aRule(channelId, changes))).body
    expect(await preview({})).toEqual({ messages: 5, events: 4, isComplete: true })
    expect(await preview({ sendResolved: false })).toMatchObject({ messages: 4, events: 4 })
    expect(await preview({ sendResolved: false, coolDownMinutes: 60 })).toMatchObject({ messages: 3, events: 4 })
    expect(await preview({ sendResolved: false, digestMinutes: 60 })).toMatchObject({ messages: 2, events: 4 })
    expect(await preview({ selection: { events: ['node-silent'] } })).toMatchObject({ messages: 0, events: 0 })
    expect((await send<NotificationRuleList>('GET', '')).body.items).toEqual([])
  })
})

test('lists deliveries of all channels and sends a failed one again with the same id', async () => {
  const { channelId } = await create()
  await api.query(
    `INSERT INTO notification_deliveries (channel_id, event, alert, state, expires_at)
     SELECT $1, event, '{"kind": "node-silent", "subject": "a", "message": "m"}', state, now()
     FROM (VALUES ('platform_alert', 'failed'), ('platform_alert', 'delivered'), ('test', 'failed')) AS row (event, state)`,
    [channelId],
  )
  const log = async (query = '') =>
    (await request<NotificationDeliveryList>(api, 'GET', `/api/notifications/deliveries${query}`, { session })).body.items
  const again = (deliveryId = 'x') => request(api, 'POST', `/api/notifications/deliveries/${deliveryId}/send-again`, { session })
  expect((await log()).map(({ state, channelName }) => [state, channelName])).toEqual([
    ['failed', 'On call'],
    ['delivered', 'On call'],
    ['failed', 'On call'],
  ])
  const [aTest, failed] = await log(`?state=failed&channel=${channelId}`)
  expect((await again(failed?.deliveryId)).status).toBe(204)
  expect(await log('?state=waiting')).toMatchObject([{ deliveryId: failed?.deliveryId, nextAttemptAt: expect.any(String) }])
  for (const deliveryId of [aTest?.deliveryId, failed?.deliveryId, 'x'])
    expect(await again(deliveryId)).toMatchObject({ status: 404, body: { code: 'NOTIFICATION_DELIVERY_NOT_FOUND' } })
})
