import { readFileSync } from 'node:fs'
import type { NotificationChannelKind } from '@guardimesh/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../client.js'
import { aFinding, aResult, batchBody, type FindingDraft, post, type ResultDraft } from '../messages.js'
import { type JsonReceiver, startJsonReceiver, startSyslogReceiver } from '../notification-listeners.js'
import { type NotificationHarness, sharedHarness, TIMEOUT_MS } from '../notifications-harness.js'

describe('incidents', () => {
  const RESULTS = '/api/v1/scan/results'
  /** Severities on the wire. */
  const [MEDIUM, HIGH, CRITICAL] = [3, 4, 5]
  const EICAR = { signatureName: 'Eicar-Test-Signature', path: Buffer.from('/srv/eicar.com'), severity: HIGH }

  let harness: NotificationHarness
  let receiver: JsonReceiver
  let key: string

  beforeAll(async () => {
    harness = await sharedHarness()
    receiver = await startJsonReceiver()
    key = await harness.api.createKey('ingestion')
  })
  afterAll(() => receiver.close())
  afterEach(async () => {
    await harness.reset()
    receiver.received.length = 0
    receiver.answer = (response) => response.writeHead(200).end()
  })

  const INCIDENTS = ['incident-opened', 'incident-reopened', 'incident-escalated']
  async function createChannel(kind: NotificationChannelKind, target: object, selection: object = {}, rule: object = {}): Promise<string> {
    const channelId = await harness.createTarget(kind, target)
    await harness.createRule(channelId, { events: INCIDENTS, ...selection }, rule)
    return channelId
  }
  const createWebhook = (selection: object = {}, rule: object = {}) =>
    createChannel('webhook', { url: `${receiver.url}/in` }, selection, rule)

  /** Reports findings as a node does. */
  async function report(findings: readonly FindingDraft[], changes: ResultDraft = {}): Promise<void> {
    const result = aResult({ findings: findings.map((finding) => aFinding({ ...EICAR, ...finding })), ...changes })
    expect((await post(harness.api, RESULTS, key, batchBody([result]))).status).toBe(200)
  }
  const queued = () => harness.api.query<{ kind: string }>(`SELECT alert ->> 'kind' AS kind FROM notification_deliveries ORDER BY position`)

  test('EICAR reaches a syslog receiver over TLS within five seconds', async () => {
    const syslog = await startSyslogReceiver(await harness.authority.issue('DNS:localhost'))
    harness.defer(() => syslog.close())
    const caCertificate = readFileSync(harness.authority.caFile, 'utf8')
    await createChannel('syslog', { host: 'localhost', port: syslog.port, caCertificate })
    await harness.startWorker()
    const startedAtMs = performance.now()
    await report([{}])
    await waitFor(() => syslog.received[0], TIMEOUT_MS)
    expect(performance.now() - startedAtMs).toBeLessThan(5_000)
    expect(syslog.received[0]).toMatch(/CEF:0\|.*\|Eicar-Test-Signature\|.*fname=\/srv\/eicar\.com/)
  })

  test('2,000 findings of one worm make one message, also from many nodes at once', async () => {
    await createWebhook()
    await harness.startWorker()
    const worm = { sha256: Buffer.alloc(32, 1) }
    const reports = Array.from({ length: 20 }, (_, node) =>
      report(
        Array.from({ length: 100 }, (__, file) => ({ ...worm, path: Buffer.from(`/srv/${file}`) })),
        { nodeName: `node-${node}`, containerId: `c${node}`, podName: `shop-${node}` },
      ),
    )
    await Promise.all(reports)
    await waitFor(() => receiver.received[0], TIMEOUT_MS)
    // The escalation is the next message, so that no other one is in between.
    await report([{ ...worm, severity: CRITICAL }])
    await waitFor(() => receiver.received[1], TIMEOUT_MS)
    expect(receiver.received.map(({ body }) => [body.incident.kind, body.incident.severity])).toEqual([
      ['incident-opened', 'high'],
      ['incident-escalated', 'critical'],
    ])
    const [opened, escalated] = receiver.received.map(({ body }) => body)
    expect(opened.total_findings).toBeGreaterThanOrEqual(100)
    expect(opened.findings).toHaveLength(100)
    expect(opened.findings[0]).toMatchObject({ signature_name: 'Eicar-Test-Signature', file_name: expect.stringMatching(/^\/srv\//) })
    expect(escalated.incident.incident_id).toBe(opened.incident.incident_id)
    expect(await queued()).toHaveLength(2)
  })

  test('notifies of each incident, and when it is reopened', async () => {
    await createWebhook()
    const worker = await harness.startWorker({ isSending: false })
    const kinds = async () => {
      await worker.plan()
      return (await queued()).map(({ kind }) => kind)
    }
    const [first, second] = [{ sha256: Buffer.alloc(32, 2) }, { sha256: Buffer.alloc(32, 3) }]
    await report([first, second, first])
    await report([{ sha256: Buffer.alloc(0) }], { imageDigest: 'sha256:a' })
    await report([{ sha256: Buffer.alloc(0) }], { imageDigest: 'sha256:b' })
    await report([first], { clusterId: 'other' })
    expect(await kinds()).toEqual(Array.from({ length: 5 }, () => 'incident-opened'))
    await report([first, second])
    expect(await kinds()).toHaveLength(5)
    await harness.api.query(
      `UPDATE incidents SET status = 'resolved', resolution = 'test' WHERE sha256 = decode(repeat('02', 32), 'hex') AND cluster_id <> 'other'`,
    )
    await report([first, second])
    expect((await kinds()).slice(5)).toEqual(['incident-reopened'])
  })

  test('sends 20 messages about findings that are stored together, and the others as one digest', async () => {
    await createWebhook()
    await harness.startWorker()
    await report(
      Array.from({ length: 300 }, (_, index) => ({
        sha256: Buffer.from(String(index).padStart(32, '0')),
        severity: index === 299 ? CRITICAL : HIGH,
      })),
    )
    await waitFor(() => receiver.received.length === 21 || undefined, TIMEOUT_MS)
    const digest = receiver.received.find(({ body }) => body.event_type === 'digest')?.body
    expect(digest.alert).toMatchObject({ kind: 'digest', subject: 'Rule', severity: 'warning', facts: { events: 280, critical: 0 } })
    const incidents = receiver.received.flatMap(({ body }) => body.incident ?? [])
    expect(new Set(incidents.map(({ sha256 }) => sha256)).size).toBe(20)
    expect(incidents[0].severity).toBe('critical')
    const count = async (state: string) =>
      (await harness.api.query<{ count: number }>('SELECT count(*) AS count FROM notification_deliveries WHERE state = $1', [state]))[0]
        ?.count
    await waitFor(async () => (await count('delivered')) === 21 || undefined, TIMEOUT_MS)
    expect(await count('digested')).toBe(280)
    expect(await queued()).toHaveLength(301)
  })

  test('queues one message per event and channel, also with several rules and workers', async () => {
    const [channelId, other] = [await createWebhook(), await createWebhook({ namespaces: ['kube-*'] })]
    await harness.createRule(channelId, { events: INCIDENTS, minSeverity: 'critical' })
    await harness.createRule(channelId, { events: INCIDENTS }, { isEnabled: false })
    const workers = await Promise.all([1, 2, 3].map(() => harness.startWorker({ isSending: false })))
    const planAll = () => Promise.all(workers.map((worker) => worker.plan()))
    await Promise.all([
      planAll(),
      report([{ severity: CRITICAL }]),
      report([{ severity: MEDIUM, signatureName: 'B', sha256: Buffer.alloc(32, 9) }]),
      planAll(),
    ])
    await planAll()
    const channels = await harness.api.query<{ id: string }>('SELECT channel_id AS id FROM notification_deliveries')
    expect(channels.map(({ id }) => id)).toEqual([channelId, channelId])
    await report([{ sha256: Buffer.alloc(32, 8) }], { namespace: 'kube-system' })
    await planAll()
    expect(await harness.readDeliveries(other)).toMatchObject([{ state: 'waiting', alertKind: 'incident-opened' }])
  })

  test('loses nothing while the receiver is down, and repeats with the same key', async () => {
    const channelId = await createWebhook()
    await harness.startWorker()
    receiver.answer = (response) => response.writeHead(503).end()
    await report([{}, {}, {}].map((_, index) => ({ sha256: Buffer.alloc(32, 10 + index) })))
    await waitFor(
      async () => (await harness.readDeliveries(channelId)).filter(({ error }) => error !== '').length === 3 || undefined,
      TIMEOUT_MS,
    )
    receiver.answer = (response) => response.writeHead(200).end()
    await harness.makeDue()
    await waitFor(
      async () => (await harness.readDeliveries(channelId)).every(({ state }) => state === 'delivered') || undefined,
      TIMEOUT_MS,
    )
    const byKey = Map.groupBy(receiver.received, ({ headers }) => headers['guardimesh-delivery'])
    expect(byKey.size).toBe(3)
    for (const [first, ...repeats] of byKey.values()) for (const repeat of repeats) expect(repeat.body).toEqual(first?.body)
  })

  test('queues an event once if a node repeats its findings', async () => {
    await createWebhook()
    const worker = await harness.startWorker({ isSending: false })
    const result = aResult({ findings: [aFinding({ ...EICAR, sha256: Buffer.alloc(32, 20) })] })
    const body = batchBody([result])
    await Promise.all([post(harness.api, RESULTS, key, body), post(harness.api, RESULTS, key, body)])
    await post(harness.api, RESULTS, key, body)
    await worker.plan()
    expect(await queued()).toHaveLength(1)
  })

  /** Makes digests, quiet hours and escalations due. */
  const makeLaterDue = () =>
    harness.api.query(`UPDATE notification_deliveries SET next_attempt_at = now() WHERE state IN ('collected', 'unacknowledged')`)
  const states = async (channelId: string) => (await harness.readDeliveries(channelId)).map(({ event, state }) => `${event} ${state}`)

  test('collects events for a digest, and sends a single one by itself', async () => {
    const channelId = await createWebhook({}, { name: 'Five minutes', digestMinutes: 5 })
    const workers = [await harness.startWorker(), await harness.startWorker()]
    await report([{ sha256: Buffer.alloc(32, 30) }])
    await report([{ sha256: Buffer.alloc(32, 31) }])
    await Promise.all(workers.map((worker) => worker.plan()))
    expect(await states(channelId)).toEqual(['malware_detected collected', 'malware_detected collected'])
    expect(receiver.received).toEqual([])
    await makeLaterDue()
    await harness.waitForState(channelId, 'delivered')
    expect(receiver.received.map(({ body }) => [body.event_type, body.alert.subject, body.alert.facts.events])).toEqual([
      ['digest', 'Five minutes', 2],
    ])
    await report([{ sha256: Buffer.alloc(32, 32) }])
    await waitFor(async () => (await states(channelId))[0] === 'malware_detected collected' || undefined, TIMEOUT_MS)
    await makeLaterDue()
    await waitFor(() => receiver.received[1], TIMEOUT_MS)
    expect(receiver.received[1]?.body).toMatchObject({ event_type: 'malware_detected' })
  })

  test('holds messages in quiet hours, except critical ones', async () => {
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(11, 16)
    const channelId = await createWebhook({}, { quietHours: { from: at(-60), to: at(120), timeZone: 'UTC' } })
    const worker = await harness.startWorker({ isSending: false })
    await report([{ sha256: Buffer.alloc(32, 33) }])
    await report([{ sha256: Buffer.alloc(32, 34), severity: CRITICAL }])
    await worker.plan()
    const [urgent, held] = await harness.readDeliveries(channelId)
    expect([urgent?.state, held?.state]).toEqual(['waiting', 'collected'])
    expect(Date.parse(held?.nextAttemptAt ?? '') - Date.now()).toBeGreaterThan(110 * 60_000)
  })

  test('sends no second message about an incident during the cool-down, unless it is more severe', async () => {
    const channelId = await createWebhook({}, { coolDownMinutes: 60 })
    const worker = await harness.startWorker({ isSending: false })
    const malware = { sha256: Buffer.alloc(32, 35) }
    const reopen = () => harness.api.query(`UPDATE incidents SET status = 'resolved', resolution = 'test'`)
    const kinds = async () => {
      await worker.plan()
      return (await harness.readDeliveries(channelId)).map(({ alertKind, state }) => `${alertKind} ${state}`).toReversed()
    }
    await report([malware])
    await kinds()
    await reopen()
    await report([malware])
    await kinds()
    await report([{ ...malware, severity: CRITICAL }])
    expect(await kinds()).toEqual(['incident-opened waiting', 'incident-reopened suppressed', 'incident-escalated waiting'])
  })

  test('escalates an incident that nobody works on to another channel', async () => {
    const pager = await harness.createTarget('webhook', { url: `${receiver.url}/pager` })
    await createWebhook({}, { escalation: { afterMinutes: 15, channelId: pager } })
    const worker = await harness.startWorker({ isSending: false })
    await report([{ sha256: Buffer.alloc(32, 36) }])
    await report([{ sha256: Buffer.alloc(32, 37) }])
    await worker.plan()
    expect(await states(pager)).toEqual(['malware_detected unacknowledged', 'malware_detected unacknowledged'])
    await harness.api.query(
      `UPDATE incidents SET assignee = 'a@example.org' WHERE sha256 = decode(repeat('${(36).toString(16)}', 32), 'hex')`,
    )
    await makeLaterDue()
    const others = [await harness.startWorker(), await harness.startWorker()]
    await Promise.all(others.map((one) => one.plan()))
    await waitFor(() => receiver.received.find(({ path }) => path === '/pager'), TIMEOUT_MS)
    await waitFor(async () => (await states(pager))[0] === 'malware_detected delivered' || undefined, TIMEOUT_MS)
    expect(await states(pager)).toEqual(['malware_detected delivered', 'malware_detected superseded'])
    const escalated = receiver.received.filter(({ path }) => path === '/pager')
    expect(escalated.map(({ body }) => [body.incident.kind, body.incident.sha256])).toEqual([['incident-unacknowledged', '25'.repeat(32)]])
  })
})
