import type { NotificationRule, NotificationRuleList } from '@guardimesh/contracts'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { request } from '../client.js'
import type { TestApi, TestSession } from '../harness.js'
import { CHANNELS_PATH, type NotificationHarness, RULES_PATH, sharedHarness } from '../notifications-harness.js'

describe('API of rules', () => {
  let harness: NotificationHarness
  let api: TestApi
  let session: TestSession

  beforeAll(async () => {
    harness = await sharedHarness()
    api = harness.api
    session = harness.session
  })
  afterEach(() => harness.reset())

  const create = () => harness.createTarget('webhook', { url: 'https://hooks.site.example/in' })
  const aRule = (channelId: string, changes: object = {}) => ({
    ...{ name: 'Night', channelId, selection: { events: ['incident-opened', 'stale-critical'], namespaces: ['shop'] }, ...changes },
  })
  const send = <Body>(method: string, path: string, json?: object) =>
    request<Body>(api, method, `${RULES_PATH}${path}`, { session, ...(json ? { json } : {}) })

  test('creates, lists, changes and deletes a rule, with entries in the audit log', async () => {
    const [channelId, pager] = [await create(), await create()]
    const quietHours = { from: '22:00', to: '06:00', timeZone: 'Europe/Berlin', passCritical: true }
    const escalation = { afterMinutes: 15, channelId: pager }
    const made = (await send<NotificationRule>('POST', '', aRule(channelId, { quietHours, escalation, digestMinutes: 5 }))).body
    expect(made).toMatchObject({ ...aRule(channelId), quietHours, escalation, digestMinutes: 5, updatedBy: 'admin@example.org' })
    const changed = await send<NotificationRule>('PUT', `/${made.ruleId}`, aRule(channelId, { name: 'Day', isEnabled: false }))
    expect(changed.body).toMatchObject({ ruleId: made.ruleId, name: 'Day', isEnabled: false, quietHours: null, escalation: null })
    expect((await send<NotificationRuleList>('GET', '')).body.items).toEqual([changed.body])
    expect((await send('DELETE', `/${made.ruleId}`)).status).toBe(204)
    await send('POST', '', aRule(pager))
    await request(api, 'DELETE', `${CHANNELS_PATH}/${pager}`, { session })
    expect((await send<NotificationRuleList>('GET', '')).body.items).toEqual([])
    const entries = await api.query<{ action: string }>(
      `SELECT action FROM audit_log WHERE action LIKE 'notification-rule.%' ORDER BY audit_id`,
    )
    expect(entries.map(({ action }) => action)).toEqual(['create', 'change', 'delete', 'create'].map((verb) => `notification-rule.${verb}`))
  })

  test('rejects unknown channels, rules and an escalation to the same channel', async () => {
    const channelId = await create()
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
    const channelId = await create()
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
    const channelId = await create()
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
