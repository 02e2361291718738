import { uuidV7 } from '@guardimesh/kit'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../client.js'
import { batchBody, post } from '../messages.js'
import {
  freshStatus,
  HEADER,
  type NotificationHarness,
  outdatedStatus,
  SECRET,
  sharedHarness,
  TIMEOUT_MS,
} from '../notifications-harness.js'
import { failing, isSigned, ok, type Receiver } from '../receiver.js'

describe('alerts', () => {
  let harness: NotificationHarness
  let receiver: Receiver

  beforeAll(async () => {
    harness = await sharedHarness()
    receiver = harness.receiver
  })
  afterEach(() => harness.reset())

  test('sends an alert and its resolution once, with the documented body and signature', async () => {
    const [channelId, worker, other] = [await harness.createChannel(), await harness.startWorker(), await harness.startWorker()]
    await worker.check(outdatedStatus())
    const delivery = await harness.waitForState(channelId, 'delivered')
    // Regardless of how many checks run, and in which worker.
    await Promise.all([worker.check(outdatedStatus()), other.check(outdatedStatus())])
    await Promise.all([worker.check(outdatedStatus()), other.check(outdatedStatus())])
    const [raised] = receiver.received
    if (!raised) throw new Error('nothing came')
    expect(raised).toMatchObject({ method: 'POST', path: '/in' })
    expect(raised.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: HEADER,
      'guardimesh-delivery': delivery.deliveryId,
    })
    expect(isSigned(raised, SECRET)).toBe(true)
    expect(isSigned(raised, 'another secret of somebody')).toBe(false)
    expect(Object.keys(raised.body)).toEqual(['event_type', 'timestamp', 'alert', 'api_version'])
    expect(Object.keys(raised.body.alert)).toEqual('alert_id kind severity subject message facts raised_at cleared_at'.split(' '))
    expect(raised.body).toMatchObject({
      event_type: 'signature_alert',
      alert: {
        kind: 'stale-critical',
        severity: 'critical',
        subject: 'active',
        message: expect.stringContaining('Import newer signatures'),
        facts: { hours: 168 },
        cleared_at: null,
      },
      api_version: '1.0',
    })
    await worker.check(freshStatus())
    await harness.waitForState(channelId, 'delivered')
    await harness.waitForRequests(2)
    expect(receiver.received[1]?.body).toMatchObject({
      event_type: 'signature_alert_cleared',
      alert: { alert_id: raised.body.alert.alert_id, kind: 'stale-critical', cleared_at: expect.any(String) },
    })
    expect(await harness.readDeliveries(channelId)).toMatchObject([
      { event: 'signature_alert_cleared', state: 'delivered', attempts: 1, statusCode: 200, error: '' },
      { event: 'signature_alert', state: 'delivered', attempts: 1, statusCode: 200, error: '' },
    ])
  })

  test('sends only selected alerts, with the configured method and without a signature', async () => {
    const selected = await harness.createChannel({ method: 'PUT', secret: null, headers: [] }, {}, { sendResolved: false })
    const others = [
      await harness.createChannel({}, {}, { selection: { events: ['roll-out-held'] } }),
      await harness.createChannel({}, {}, { isEnabled: false }),
      await harness.createChannel({}, { isEnabled: false }),
    ]
    const worker = await harness.startWorker()
    await worker.check(outdatedStatus())
    await harness.waitForState(selected, 'delivered')
    await worker.check(freshStatus())
    expect(receiver.received.map(({ method, headers }) => [method, headers['guardimesh-signature'], headers.authorization])).toEqual([
      ['PUT', undefined, undefined],
    ])
    expect(await harness.readDeliveries(selected)).toHaveLength(1)
    for (const other of others) expect(await harness.readDeliveries(other)).toEqual([])
  })

  test('drops messages of resolved alerts, and sends a resolution after a possible delivery', async () => {
    const [unheard, worker] = [await harness.createChannel(), await harness.startWorker({ isSending: false })]
    await worker.check(outdatedStatus())
    await worker.plan()
    await worker.check(freshStatus())
    await worker.plan()
    expect(await harness.readDeliveries(unheard)).toMatchObject([{ event: 'signature_alert', state: 'superseded', attempts: 0 }])
    await harness.api.query('TRUNCATE notification_deliveries, signature_alerts')
    const sender = await harness.startWorker()
    receiver.answer = failing
    await sender.check(outdatedStatus())
    await harness.waitForRequests(1)
    await harness.waitForError(unheard)
    receiver.answer = ok
    await sender.check(freshStatus())
    await harness.waitForState(unheard, 'delivered')
    expect((await harness.readDeliveries(unheard)).map(({ event, state }) => [event, state])).toEqual([
      ['signature_alert_cleared', 'delivered'],
      ['signature_alert', 'superseded'],
    ])
    expect(receiver.received.map(({ body }) => body.event_type)).toEqual(['signature_alert', 'signature_alert_cleared'])
  })

  test('sends a flapping alert once in ten minutes, and again if it persists', async () => {
    const [channelId, worker] = [await harness.createChannel(), await harness.startWorker()]
    for (let turn = 0; turn < 5; turn++) {
      await worker.check(outdatedStatus())
      if (turn === 0) await harness.waitForState(channelId, 'delivered')
      await worker.check(freshStatus())
      if (turn === 0) await harness.waitForRequests(2)
    }
    await worker.check(outdatedStatus())
    await worker.plan()
    expect(receiver.received.map(({ body }) => body.event_type)).toEqual(['signature_alert', 'signature_alert_cleared'])
    const [last, ...before] = await harness.readDeliveries(channelId)
    expect(last).toMatchObject({ event: 'signature_alert', state: 'waiting', attempts: 0 })
    const quietMs = Date.parse(last?.nextAttemptAt ?? '') - Date.parse(before.at(-1)?.lastAttemptAt ?? '')
    expect(quietMs).toBe(600_000)
    expect(before.filter(({ state }) => state === 'superseded')).toHaveLength(4)
    // Another kind of alert for the same generation is not affected.
    await worker.check(outdatedStatus(100))
    await harness.waitForRequests(3)
    expect(receiver.received[2]?.body.alert.kind).toBe('stale-warning')
    await worker.check(outdatedStatus())
    await worker.plan()
    await harness.makeDue()
    await waitFor(
      () => receiver.received.some(({ body }, index) => index > 2 && body.alert.kind === 'stale-critical') || undefined,
      TIMEOUT_MS,
    )
  })

  test('notifies of silent nodes, unwatched containers, coverage gaps, lost results and audit events', async () => {
    const channelId = await harness.createTarget('webhook', { url: `${receiver.url}/in` })
    const events = ['node-silent', 'containers-not-watched', 'coverage-gap', 'results-lost']
    await harness.createRule(channelId, { events, clusters: ['prod'] })
    await harness.createRule(channelId, { events: ['audit-event'], actions: ['*fail*', 'account.*'] })
    const worker = await harness.startWorker({ isSending: false })
    const key = await harness.api.createKey('ingestion')
    const gap = {
      ...{ gapId: uuidV7(), clusterId: 'prod', nodeName: 'web-1', reason: 'spool_full', fromMs: 1, toMs: 2 },
      ...{ findingResults: 1, findings: 2, cleanResults: 3, sightings: 4 },
    }
    await Promise.all([
      post(harness.api, '/api/v1/scan/results', key, batchBody([], [gap])),
      post(harness.api, '/api/v1/scan/results', key, batchBody([], [gap])),
    ])
    await harness.api.query(`
    TRUNCATE nodes, coverage;
    INSERT INTO nodes (cluster_id, node_name, last_seen_at, containers_watched, containers_total) VALUES
      ('prod', 'web-1', now() - interval '11 minutes', 2, 3), ('prod', 'web-2', now(), 1, 1), ('test', 'web-3', now() - interval '1 day', 1, 1);
    INSERT INTO coverage (cluster_id, container_id, reason, path_hash, path, count, size_bytes, detail, node_name, namespace, pod_name, container_name,
      image, first_seen_at, last_seen_at)
    SELECT 'prod', 'c', reason, '', '/a', 1, 0, '', 'web-1', '', '', '', '', now() - interval '1 day', now() - interval '1 day'
    FROM unnest('{timeout,too_large}'::text[]) AS reason;
    INSERT INTO audit_log (actor_kind, actor_name, action, target, client_ip, result) VALUES
      ('anonymous', 'eve', 'session.log-in', 'admin@example.org', '10.0.0.9', 'failure'),
      ('account', 'admin', 'account.create', 'new@example.org', '', 'success'), ('account', 'admin', 'incident.change', '1', '', 'success')`)
    await worker.checkPlatform()
    const subjects = async () => {
      await worker.plan()
      const deliveries = await harness.readDeliveries(channelId)
      return deliveries.map(({ event, alertKind, subject }) => `${event} ${alertKind} ${subject}`).sort()
    }
    const expected = [
      ...[
        'audit_event audit-event admin@example.org',
        'audit_event audit-event new@example.org',
        'platform_alert containers-not-watched prod/web-1',
      ],
      ...['platform_alert coverage-gap prod/timeout', 'platform_alert node-silent prod/web-1', 'platform_alert results-lost web-1'],
    ]
    expect(await subjects()).toEqual(expected)
    // The other alerts of the node stay open while it is silent, and after a report that does not resolve their cause.
    await harness.api.query(`UPDATE nodes SET last_seen_at = now() - interval '12 hours' WHERE node_name = 'web-1'`)
    await worker.checkPlatform()
    expect(await subjects()).toEqual(expected)
    const open = () => harness.api.query('SELECT kind FROM signature_alerts WHERE cleared_at IS NULL ORDER BY kind')
    const kinds = async () => (await open()).map((row) => Reflect.get(row, 'kind'))
    expect(await kinds()).toEqual(['containers-not-watched', 'coverage-gap', 'node-silent', 'node-silent'])
    await harness.api.query(`UPDATE nodes SET last_seen_at = now(), containers_watched = 3 WHERE node_name = 'web-1'`)
    await worker.checkPlatform()
    expect(await kinds()).toEqual(['node-silent'])
  })

  test('logs no secret', () => {
    expect(harness.lines.some(({ msg }) => msg === 'notification delivered')).toBe(true)
    expect(harness.lines.some(({ msg }) => msg === 'notification delivery failed')).toBe(true)
    const everything = JSON.stringify(harness.lines)
    for (const secret of [SECRET, HEADER]) expect(everything).not.toContain(secret)
  })
})
