import { readFileSync } from 'node:fs'
import { FindingWebhookBody, type NotificationChannelKind } from '@guardimesh/contracts'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aFindingMessage } from '../a-message.js'
import { request, waitFor } from '../client.js'
import { type JsonReceiver, startJsonReceiver, startMailServer, startSyslogReceiver } from '../notification-listeners.js'
import { CHANNELS_PATH, type NotificationHarness, sharedHarness, TIMEOUT_MS } from '../notifications-harness.js'

describe('kinds of channels', () => {
  const TOKEN = 'token-that-nobody-sees'
  const NAME = { name: 'SOC' }
  const { alert } = aFindingMessage()

  let harness: NotificationHarness
  let authority: string

  beforeAll(async () => {
    harness = await sharedHarness()
    authority = readFileSync(harness.authority.caFile, 'utf8')
  })
  afterEach(() => harness.reset())

  const createChannel = (kind: NotificationChannelKind, target: object) =>
    harness.createTarget(kind, { timeoutSeconds: 5, ...target }, NAME)

  /** Queues the message about a finding. @returns its key. */
  async function queueFinding(channelId: string): Promise<string> {
    const [row] = await harness.api.query<{ id: string }>(
      `INSERT INTO notification_deliveries (channel_id, event, alert, expires_at) VALUES ($1, 'malware_detected', $2, now() + interval '1 day')
     RETURNING delivery_id AS id`,
      [channelId, JSON.stringify(alert)],
    )
    return row?.id ?? ''
  }

  interface HttpKind {
    readonly kind: NotificationChannelKind
    readonly target: object
    readonly method?: string
    readonly path: string
    readonly authorization?: string
    /** Expected body, with the key of the message. */
    readonly body: (id: string) => unknown
  }

  const basic = (user: string) => `Basic ${Buffer.from(`${user}:${TOKEN}`).toString('base64')}`
  const TITLE = '[high] Eicar-Test-Signature detected in payments/api-7 (prod)'
  const labelled = (value: string) => expect.stringContaining(value)

  /** The documented payloads of each receiver. */
  const httpKinds = (url: string): HttpKind[] => [
    {
      kind: 'webhook',
      target: { url: `${url}/webhook`, customer: 'bank', secret: TOKEN },
      path: '/webhook',
      body: () => ({ event_type: 'malware_detected', customer: 'bank', incident: expect.objectContaining({ kind: 'incident-opened' }) }),
    },
    {
      kind: 'slack',
      target: { secret: `${url}/services/${TOKEN}` },
      path: `/services/${TOKEN}`,
      body: (id) => ({
        text: TITLE,
        blocks: expect.arrayContaining([
          { type: 'section', text: { type: 'mrkdwn', text: labelled('*File:* /tmp/&lt;a&gt;|b=c') } },
          { type: 'context', elements: [{ type: 'mrkdwn', text: labelled(id) }] },
        ]),
      }),
    },
    {
      kind: 'teams',
      target: { secret: `${url}/workflows/${TOKEN}` },
      path: `/workflows/${TOKEN}`,
      body: () => ({
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: { type: 'AdaptiveCard', body: expect.arrayContaining([expect.objectContaining({ type: 'FactSet' })]) },
          },
        ],
      }),
    },
    {
      kind: 'pagerduty',
      target: { url: `${url}/pagerduty`, secret: TOKEN },
      path: '/pagerduty/v2/enqueue',
      body: () => ({
        ...{ routing_key: TOKEN, event_action: 'trigger', dedup_key: `incident-${alert.incident?.incidentId}` },
        payload: { summary: TITLE, source: 'prod', severity: 'error', class: 'incident-opened', custom_details: { Pod: 'api-7' } },
      }),
    },
    {
      kind: 'alertmanager',
      target: { url: `${url}/am/`, headers: [{ name: 'Authorization', value: `Bearer ${TOKEN}` }] },
      path: '/am/api/v2/alerts',
      authorization: `Bearer ${TOKEN}`,
      body: (id) => [
        {
          labels: { alertname: 'GuardimeshMalwareDetected', severity: 'high', cluster: 'prod', namespace: 'payments', pod: 'api-7' },
          annotations: { summary: TITLE, delivery_id: id },
          startsAt: alert.raisedAt,
        },
      ],
    },
    {
      kind: 'jira',
      target: { url: `${url}/jira`, username: 'soc@site.example', project: 'SEC', secret: TOKEN },
      path: '/jira/rest/api/2/issue',
      authorization: basic('soc@site.example'),
      body: (id) => ({
        fields: {
          ...{ project: { key: 'SEC' }, issuetype: { name: 'Task' }, summary: TITLE, description: labelled('SHA-256: abab') },
          labels: ['guardimesh', `guardimesh-${id}`, `guardimesh-incident-${alert.incident?.incidentId}`],
        },
      }),
    },
    {
      kind: 'servicenow',
      target: { url, username: 'guardimesh', secret: TOKEN },
      path: '/api/now/table/incident',
      authorization: basic('guardimesh'),
      body: (id) => ({ short_description: TITLE, urgency: '2', impact: '2', correlation_id: id, correlation_display: 'Guardimesh' }),
    },
    {
      kind: 'splunk',
      target: { url, index: 'security', secret: TOKEN },
      path: '/services/collector/event',
      authorization: `Splunk ${TOKEN}`,
      body: (id) => ({
        ...{ source: 'guardimesh', sourcetype: 'guardimesh:malware_detected', index: 'security', fields: { delivery_id: id } },
        event: { delivery_id: id, event_type: 'malware_detected', cluster_id: 'prod' },
      }),
    },
    {
      kind: 'elasticsearch',
      target: { url, secret: TOKEN },
      method: 'PUT',
      path: '/guardimesh-notifications/_create/',
      authorization: `ApiKey ${TOKEN}`,
      body: (id) => ({ '@timestamp': expect.any(String), delivery_id: id, event_type: 'malware_detected' }),
    },
    {
      kind: 'otlp',
      target: { url },
      path: '/v1/logs',
      body: (id) => ({
        resourceLogs: [
          {
            scopeLogs: [
              {
                logRecords: [
                  {
                    ...{ severityNumber: 17, severityText: 'ERROR', body: { stringValue: TITLE } },
                    attributes: expect.arrayContaining([
                      { key: 'guardimesh.delivery_id', value: { stringValue: id } },
                      { key: 'k8s.namespace.name', value: { stringValue: 'payments' } },
                    ]),
                  },
                ],
              },
            ],
          },
        ],
      }),
    },
  ]

  async function startReceiver(): Promise<JsonReceiver> {
    const receiver = await startJsonReceiver()
    harness.defer(() => receiver.close())
    return receiver
  }

  test('delivers the documented payload of each HTTP kind, and repeats it with the same key after a failure', async () => {
    const receiver = await startReceiver()
    // Elasticsearch has stored the document of the failed attempt.
    receiver.answer = (response, attempt, path) => response.writeHead(attempt === 1 ? 503 : path.includes('_create') ? 409 : 202).end()
    const kinds = httpKinds(receiver.url)
    const channels = await Promise.all(kinds.map(async ({ kind, target }) => ({ kind, channelId: await createChannel(kind, target) })))
    const ids = new Map<string, string>()
    for (const { kind, channelId } of channels) ids.set(kind, await queueFinding(channelId))
    await harness.startWorker()
    for (const { channelId } of channels) expect(await harness.waitForError(channelId)).toMatchObject({ state: 'waiting', statusCode: 503 })
    await harness.makeDue()
    for (const { channelId } of channels) expect(await harness.waitForState(channelId, 'delivered')).toMatchObject({ attempts: 2 })
    for (const { kind, method = 'POST', path, authorization, body } of kinds) {
      const [first, second, ...others] = receiver.received.filter((one) => one.path.startsWith(path))
      const id = ids.get(kind) ?? ''
      expect(others, kind).toEqual([])
      expect(first, kind).toMatchObject({ method, headers: { 'content-type': 'application/json' } })
      expect(first?.headers.authorization, kind).toBe(authorization)
      expect(first?.body, kind).toMatchObject(body(id) as object)
      expect(second?.body, kind).toEqual(first?.body)
      expect(second?.path, kind).toBe(first?.path)
    }
    const webhook = receiver.received.find(({ path }) => path === '/webhook')
    expect(webhook?.headers['guardimesh-delivery']).toBe(ids.get('webhook'))
    expect(Object.keys(webhook?.body)).toEqual(
      'event_type timestamp customer cluster_id namespace pod_name host_ip pod_ip total_findings findings scan_details incident'.split(' '),
    )
    expect(FindingWebhookBody.parse(webhook?.body)).toEqual(webhook?.body)
  })

  test('tests each HTTP kind, and returns none of its secrets', async () => {
    const receiver = await startReceiver()
    await harness.startWorker()
    const kinds = httpKinds(receiver.url)
    const results = await Promise.all(kinds.map(async ({ kind, target }) => harness.sendTest(await createChannel(kind, target))))
    expect(results.map(({ isDelivered }) => isDelivered)).toEqual(kinds.map(() => true))
    const { text, body } = await request<{ items: object[] }>(harness.api, 'GET', CHANNELS_PATH, { session: harness.session })
    expect(text).not.toContain(TOKEN)
    expect(body.items).toHaveLength(kinds.length)
    const rows = await harness.api.query('SELECT channel::text AS channel FROM notification_channels channel')
    expect(JSON.stringify(rows)).not.toContain(TOKEN)
  })

  test('sends mail through STARTTLS and TLS with a private authority and a login, with one Message-ID per message', async () => {
    const certificate = await harness.authority.issue('DNS:localhost')
    const [starttls, implicit] = [await startMailServer(certificate, TOKEN), await startMailServer(certificate, TOKEN, { secure: true })]
    for (const server of [starttls, implicit]) harness.defer(() => server.close())
    await harness.startWorker()
    const target = {
      ...{ host: 'localhost', port: starttls.port, username: 'guardimesh', secret: TOKEN, caCertificate: authority },
      ...{ from: 'guardimesh@site.example', to: ['soc@site.example', 'duty@site.example'] },
    }
    const channelId = await createChannel('email', target)
    starttls.reject = () => Object.assign(new Error('try later'), { responseCode: 451 })
    const id = await queueFinding(channelId)
    expect(await harness.waitForError(channelId)).toMatchObject({ statusCode: 451, error: expect.stringContaining('rejected the') })
    starttls.reject = () => undefined
    await harness.makeDue()
    await harness.waitForState(channelId, 'delivered')
    expect(starttls.received).toHaveLength(2)
    for (const { isSecure, user, from, to, source } of starttls.received) {
      expect({ isSecure, user, from, to }).toEqual({ isSecure: true, user: 'guardimesh', from: target.from, to: target.to })
      expect(source).toContain(`Message-ID: <${id}@guardimesh>`)
      expect(source).toContain(`Subject: ${TITLE}`)
      expect(source).toMatch(/Auto-Submitted: auto-generated/i)
      expect(source).toContain('SHA-256: abab')
    }
    const secure = await createChannel('email', { ...target, port: implicit.port, encryption: 'tls' })
    expect(await harness.sendTest(secure)).toMatchObject({ isDelivered: true, statusCode: 250 })
    expect(implicit.received[0]?.source).toContain('Subject: Test of the channel SOC')
    const failures = [
      { target: { ...target, secret: 'wrong' }, message: /AUTH.* with 535: access denied. Check the user name/ },
      { target: { ...target, caCertificate: '' }, message: /not trusted.*Add the authority to the channel/ },
      {
        target: { ...target, port: implicit.port, encryption: 'none', timeoutSeconds: 1 },
        message: /did not respond|closed the connection/,
      },
    ]
    const results = await Promise.all(failures.map(async (one) => harness.sendTest(await createChannel('email', one.target))))
    expect(results).toMatchObject(failures.map(({ message }) => ({ isDelivered: false, message: expect.stringMatching(message) })))
  })

  test('never sends mail in plain text if STARTTLS is required', async () => {
    const certificate = await harness.authority.issue('DNS:localhost')
    const server = await startMailServer(certificate, TOKEN, { hideSTARTTLS: true, authOptional: true, disabledCommands: ['STARTTLS'] })
    harness.defer(() => server.close())
    await harness.startWorker()
    const target = { host: 'localhost', port: server.port, from: 'a@site.example', to: ['b@site.example'], caCertificate: authority }
    expect(await harness.sendTest(await createChannel('email', target))).toMatchObject({ isDelivered: false })
    expect(server.received).toEqual([])
    expect(await harness.sendTest(await createChannel('email', { ...target, encryption: 'none' }))).toMatchObject({ isDelivered: true })
  })

  test('sends syslog over TLS and TCP as CEF and JSON, and again after the receiver was down', async () => {
    const certificate = await harness.authority.issue('DNS:localhost')
    const [tls, tcp] = [await startSyslogReceiver(certificate), await startSyslogReceiver()]
    harness.defer(() => tcp.close())
    await tls.close()
    const secure = await createChannel('syslog', { host: 'localhost', port: tls.port, caCertificate: authority })
    const plain = await createChannel('syslog', { host: '127.0.0.1', port: tcp.port, transport: 'tcp', format: 'json' })
    const [secureId, plainId] = [await queueFinding(secure), await queueFinding(plain)]
    await harness.startWorker()
    expect(await harness.waitForError(secure)).toMatchObject({ error: expect.stringContaining('refused the connection') })
    const again = await startSyslogReceiver(certificate, tls.port)
    harness.defer(() => again.close())
    await harness.makeDue()
    expect(await harness.waitForState(secure, 'delivered')).toMatchObject({ attempts: 2, statusCode: null })
    await harness.waitForState(plain, 'delivered')
    const [cef] = again.received
    expect(cef).toMatch(
      /^<83>1 \d{4}-\d\d-\d\dT[\d:.]+Z \S+ guardimesh - incident-opened - CEF:0\|Guardimesh\|Guardimesh\|[^|]+\|Eicar-Test-Signature\|/,
    )
    for (const part of [
      `externalId=${secureId}`,
      'msg=Detected in\\na|pod\\=x.',
      'fname=/tmp/<a>|b\\=c',
      'cs2Label=namespace cs2=payments',
      '|8|rt=',
    ])
      expect(cef).toContain(part)
    const [json] = tcp.received
    const [header = '', body = ''] = json?.split(/ (?=\{)/) ?? []
    expect(header).toMatch(/^<83>1 \S+ \S+ guardimesh - incident-opened -$/)
    expect(JSON.parse(body)).toMatchObject({ delivery_id: plainId, event_type: 'malware_detected', cluster_id: 'prod' })
    expect([again.received.length, tcp.received.length]).toEqual([1, 1])
    const untrusted = await createChannel('syslog', { host: 'localhost', port: tls.port })
    expect(await harness.sendTest(untrusted)).toMatchObject({ isDelivered: false, message: expect.stringMatching(/not trusted/) })
  })

  test('connects to no internal address with any kind', async () => {
    const receiver = await startReceiver()
    const { port, host } = new URL(receiver.url)
    await harness.startWorker({ allowedNetworks: [] })
    const channels = [
      ...['127.0.0.1', 'localhost'].flatMap((name) => [
        createChannel('email', { host: name, port: Number(port), from: 'a@site.example', to: ['b@site.example'] }),
        createChannel('syslog', { host: name, port: Number(port), transport: 'tcp' }),
      ]),
      createChannel('slack', { secret: `http://${host}/` }),
      createChannel('splunk', { url: `http://localhost:${port}`, secret: TOKEN }),
    ]
    const results = await Promise.all(channels.map(async (channel) => harness.sendTest(await channel)))
    for (const { isDelivered, message } of results)
      expect([isDelivered, message]).toEqual([false, expect.stringMatching(/which notifications must not reach/)])
    expect(receiver.received).toEqual([])
  })

  test('requires the secrets again for another receiver, and keeps the kind of a channel', async () => {
    const target = { host: 'mail.site.example', username: 'a', secret: TOKEN, from: 'a@site.example', to: ['b@site.example'] }
    const channelId = await createChannel('email', target)
    const replace = (kind: string, changed: object) =>
      request(harness.api, 'PUT', `${CHANNELS_PATH}/${channelId}`, { session: harness.session, json: { ...NAME, kind, [kind]: changed } })
    const { secret: _, ...kept } = target
    expect((await replace('email', kept)).status).toBe(200)
    for (const change of [{ host: 'evil.example' }, { port: 25 }, { encryption: 'none' }])
      expect(await replace('email', { ...kept, ...change })).toMatchObject({
        status: 400,
        body: { detail: labelled('enter again or remove: the secret') },
      })
    expect(await replace('syslog', { host: 'mail.site.example' })).toMatchObject({
      status: 400,
      body: { detail: labelled('kind: a email channel') },
    })
    expect((await waitFor(() => replace('email', { ...target, host: 'other.example' }), TIMEOUT_MS)).status).toBe(200)
  })
})
