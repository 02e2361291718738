import type { NotificationChannel, NotificationChannelList, NotificationDeliveryList } from '@guardimesh/contracts'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { decryptSecrets, type SecretTexts } from '../../src/features/notifications/channel-secrets.js'
import { SecretCipher } from '../../src/platform/secrets/secret-cipher.js'
import { request, waitFor } from '../client.js'
import { TEST_KEY, type TestApi, type TestSession } from '../harness.js'
import { type NotificationHarness, sharedHarness } from '../notifications-harness.js'

describe('API', () => {
  const PATH = '/api/notifications/channels'
  const SECRET = 'a-secret-that-nobody-sees'
  const HEADER = 'Bearer-value-that-nobody-sees'
  let harness: NotificationHarness
  let api: TestApi
  let session: TestSession

  beforeAll(async () => {
    harness = await sharedHarness()
    api = harness.api
    session = harness.session
  })
  afterEach(() => harness.reset())

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
    expect(harness.lines.length).toBeGreaterThan(0)
    for (const text of [...answers, JSON.stringify(entries), JSON.stringify(harness.lines)])
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
    const sendTest = () =>
      request<{ code?: string; isDelivered: boolean; message: string }>(api, 'POST', `${PATH}/${channelId}/test`, { session })
    const first = sendTest()
    await waitFor(async () => (await api.query('SELECT FROM notification_deliveries'))[0])
    expect(await sendTest()).toMatchObject({ status: 409, body: { code: 'NOTIFICATION_TEST_RUNNING' } })
    await api.query('UPDATE notification_deliveries SET expires_at = now()')
    expect(await first).toMatchObject({
      status: 200,
      body: { isDelivered: false, message: expect.stringContaining('No worker picked up the test') },
    })
    const entries = await api.query<{ action: string }>(
      `SELECT action FROM audit_log WHERE action LIKE 'notification-channel.%' ORDER BY audit_id`,
    )
    expect(entries.map(({ action }) => action)).toEqual(['notification-channel.create', 'notification-channel.test'])
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
})
