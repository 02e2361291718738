import { readFileSync } from 'node:fs'
import type { NotificationChannelKind } from '@guardimesh/contracts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { request, waitFor } from './client.js'
import { aFinding, aResult, batchBody, type FindingDraft, post, type ResultDraft } from './messages.js'
import { type JsonReceiver, startJsonReceiver, startSyslogReceiver } from './notification-listeners.js'
import { CHANNELS_PATH, NotificationHarness, TIMEOUT_MS } from './notifications-harness.js'

const RESULTS = '/api/v1/scan/results'
/** Severities on the wire. */
const [MEDIUM, HIGH, CRITICAL] = [3, 4, 5]
const EICAR = { signatureName: 'Eicar-Test-Signature', path: Buffer.from('/srv/eicar.com'), severity: HIGH }

let harness: NotificationHarness
let receiver: JsonReceiver
let key: string

beforeAll(async () => {
  harness = await NotificationHarness.start()
  receiver = await startJsonReceiver()
  key = await harness.api.createKey('ingestion')
})
afterAll(async () => {
  await receiver.close()
  await harness.close()
})
afterEach(async () => {
  await harness.reset()
  receiver.received.length = 0
  receiver.answer = (response) => response.writeHead(200).end()
})

async function createChannel(kind: NotificationChannelKind, target: object, rule: object = {}): Promise<string> {
  const json = { kind, name: 'SOC', events: ['incident-opened', 'incident-reopened', 'incident-escalated'], [kind]: target, ...rule }
  const { status, body } = await request<{ channelId: string }>(harness.api, 'POST', CHANNELS_PATH, { session: harness.session, json })
  expect([status, body]).toEqual([201, expect.anything()])
  return body.channelId
}
const createWebhook = (rule: object = {}) => createChannel('webhook', { url: `${receiver.url}/in` }, rule)

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

test('notifies of each malware, and again a day after its last finding', async () => {
  await createWebhook()
  const [first, second] = [{ sha256: Buffer.alloc(32, 2) }, { sha256: Buffer.alloc(32, 3) }]
  await report([first, second, first])
  await report([{ sha256: Buffer.alloc(0) }], { imageDigest: 'sha256:a' })
  await report([{ sha256: Buffer.alloc(0) }], { imageDigest: 'sha256:b' })
  await report([first], { clusterId: 'other' })
  expect((await queued()).map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'incident-opened'))
  await report([first, second])
  expect(await queued()).toHaveLength(5)
  await harness.api.query(`UPDATE notified_incidents SET last_finding_at = now() - interval '25 hours' WHERE incident_key LIKE '02%'`)
  await report([first, second])
  expect((await queued()).slice(5)).toEqual([{ kind: 'incident-reopened' }])
})

test('sends at most 20 messages about findings that are stored together, and counts the others', async () => {
  await createWebhook()
  await harness.startWorker()
  await report(
    Array.from({ length: 300 }, (_, index) => ({
      sha256: Buffer.from(String(index).padStart(32, '0')),
      severity: index === 299 ? CRITICAL : HIGH,
    })),
  )
  await waitFor(() => receiver.received.length === 20 || undefined, TIMEOUT_MS)
  const incidents = receiver.received.map(({ body }) => body.incident)
  expect(new Set(incidents.map(({ sha256 }) => sha256)).size).toBe(20)
  expect(incidents[0].severity).toBe('critical')
  expect(incidents.map(({ further_incidents }) => further_incidents)).toEqual([...Array.from({ length: 19 }, () => 0), 280])
  expect(await queued()).toHaveLength(20)
})

test.each([
  { name: 'severity', rule: { minSeverity: 'critical' }, matching: { findings: [aFinding({ severity: CRITICAL })] }, severity: MEDIUM },
  { name: 'cluster', rule: { clusters: ['prod-*'] }, matching: { clusterId: 'prod-1' } },
  { name: 'namespace', rule: { namespaces: ['pay_ments', 'kube-*'] }, matching: { namespace: 'pay_ments' } },
  { name: 'signature', rule: { signatures: ['Memfd.*'] }, matching: { findings: [aFinding({ signatureName: 'Memfd.Program' })] } },
])('sends only findings that the rule selects by $name', async ({ rule, matching, severity = HIGH }) => {
  const [selective, all] = [await createWebhook({ findings: rule }), await createWebhook({ findings: { minSeverity: 'info' } })]
  await createWebhook({ isEnabled: false })
  await createWebhook({ events: ['stale-critical'] })
  await report([{ severity }], { namespace: 'payXments' })
  const channels = () => harness.api.query<{ id: string }>('SELECT channel_id AS id FROM notification_deliveries ORDER BY position')
  expect(await channels()).toEqual([{ id: all }])
  expect((await post(harness.api, RESULTS, key, batchBody([aResult(matching)]))).status).toBe(200)
  expect((await channels()).map(({ id }) => id).toSorted()).toEqual([all, all, selective].toSorted())
})

test('loses nothing while the receiver is down, and repeats with the same key', async () => {
  const channelId = await createWebhook()
  await harness.startWorker()
  receiver.answer = (response) => response.writeHead(503).end()
  await report([{}, {}, {}].map((_, index) => ({ sha256: Buffer.alloc(32, 10 + index) })))
  await waitFor(async () => (await harness.readDeliveries(channelId)).every(({ attempts }) => attempts > 0) || undefined, TIMEOUT_MS)
  receiver.answer = (response) => response.writeHead(200).end()
  await harness.makeDue()
  await waitFor(async () => (await harness.readDeliveries(channelId)).every(({ state }) => state === 'delivered') || undefined, TIMEOUT_MS)
  const byKey = Map.groupBy(receiver.received, ({ headers }) => headers['guardimesh-delivery'])
  expect(byKey.size).toBe(3)
  for (const [first, ...repeats] of byKey.values()) for (const repeat of repeats) expect(repeat.body).toEqual(first?.body)
})

test('queues nothing if storing the findings fails, and once if a node repeats them', async () => {
  await createWebhook()
  const result = aResult({ findings: [aFinding({ ...EICAR, sha256: Buffer.alloc(32, 20) })] })
  const body = batchBody([result])
  await Promise.all([post(harness.api, RESULTS, key, body), post(harness.api, RESULTS, key, body)])
  await post(harness.api, RESULTS, key, body)
  expect(await queued()).toHaveLength(1)
})
