import { Registry } from 'prom-client'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { HEADER, type NotificationHarness, outdatedStatus, SECRET, sharedHarness } from '../notifications-harness.js'
import { failing, isSigned, ok, type Receiver, silent } from '../receiver.js'

describe('webhooks', () => {
  let harness: NotificationHarness
  let receiver: Receiver

  beforeAll(async () => {
    harness = await sharedHarness()
    receiver = harness.receiver
  })
  afterEach(() => harness.reset())

  test('retries the same message with the same id after a failure', async () => {
    const [channelId, worker] = [await harness.createChannel(), await harness.startWorker()]
    receiver.answer = (response, index) => (index === 0 ? failing(response) : ok(response))
    await worker.check(outdatedStatus())
    const failed = await harness.waitForError(channelId)
    expect(failed).toMatchObject({ state: 'waiting', attempts: 1, statusCode: 500, error: expect.stringContaining('responded with 500') })
    const pauseMs = Date.parse(failed.nextAttemptAt ?? '') - Date.parse(failed.lastAttemptAt ?? '')
    expect(pauseMs).toBeGreaterThan(7_000)
    expect(pauseMs).toBeLessThan(16_500)
    await harness.makeDue()
    expect(await harness.waitForState(channelId, 'delivered')).toMatchObject({ attempts: 2, statusCode: 200, error: '' })
    const [first, second] = receiver.received
    expect(second?.headers['guardimesh-delivery']).toBe(first?.headers['guardimesh-delivery'])
    expect(second?.text).toBe(first?.text)
    const metrics = await worker.app.get<Registry>(Registry).metrics()
    expect(metrics).toMatch(/guardimesh_notifications_total\{kind="webhook",outcome="retried"\} 1/)
    expect(metrics).toMatch(/guardimesh_notifications_total\{kind="webhook",outcome="delivered"\} 1/)
    expect(metrics).toMatch(/guardimesh_notifications_oldest_waiting_seconds 0/)
  })

  test('applies the timeout of a slow receiver without delaying others', async () => {
    const slow = await harness.startReceiver()
    slow.answer = silent
    const [stuck, quick, worker] = [
      await harness.createChannel({ url: slow.url }),
      await harness.createChannel(),
      await harness.startWorker(),
    ]
    await worker.check(outdatedStatus())
    await harness.waitForState(quick, 'delivered')
    expect((await harness.readDeliveries(stuck))[0]).toMatchObject({ state: 'waiting', error: '' })
    const given = await harness.waitForError(stuck)
    expect(given).toMatchObject({
      statusCode: null,
      error: expect.stringMatching(/accepted the connection but did not respond within 2 s/),
    })
    expect(given.durationMs).toBeGreaterThanOrEqual(1_900)
    expect(given.durationMs).toBeLessThan(6_000)
  })

  test('delivers to a receiver whose response starts in time and ends after the timeout', async () => {
    const [channelId] = [await harness.createChannel({ timeoutSeconds: 1 }), await harness.startWorker()]
    receiver.answer = (response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'), 100)
      response.once('close', () => clearInterval(timer))
    }
    const startedAtMs = performance.now()
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: true, statusCode: 200 })
    expect(performance.now() - startedAtMs).toBeLessThan(5_000)
    receiver.answer = (response) => response.writeHead(503).write('x')
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: false, statusCode: 503 })
  })

  test('sends nothing to internal addresses unless they are allowed', async () => {
    const { port } = new URL(receiver.url)
    const hosts = ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0x7f000001', '0', '169.254.169.254', '[::]']
    const worker = await harness.startWorker({ allowedNetworks: [] })
    const results = await Promise.all(
      hosts.map(async (host) => harness.sendTest(await harness.createChannel({ url: `http://${host}:${port}/in` }))),
    )
    for (const [index, result] of results.entries()) {
      expect(result, hosts[index]).toMatchObject({ isDelivered: false, statusCode: null })
      expect(result.message, hosts[index]).toMatch(/which notifications must not reach.*NOTIFICATION_ALLOWED_NETWORKS/)
    }
    expect(receiver.received).toEqual([])
    await worker.stop()
    await harness.startWorker()
    const channelId = await harness.createChannel({ url: `http://localhost:${port}/in` })
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: true })
  })

  test('uses the status of an endless response and does not follow redirects', async () => {
    const [channelId] = [await harness.createChannel(), await harness.startWorker()]
    receiver.answer = (response) => {
      response.writeHead(202)
      const pour = () => {
        if (!response.destroyed) response.write(Buffer.alloc(64 * 1024), () => setImmediate(pour))
      }
      pour()
    }
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: true, statusCode: 202 })
    receiver.answer = (response) => response.writeHead(307, { location: `${receiver.url}/elsewhere` }).end()
    expect(await harness.sendTest(channelId)).toMatchObject({
      isDelivered: false,
      statusCode: 307,
      message: expect.stringContaining('not followed'),
    })
    expect(receiver.received.map(({ path }) => path)).toEqual(['/in', '/in'])
  })

  test('rejects a certificate of an unknown authority until the authority is configured', async () => {
    const secure = await harness.startReceiver(await harness.authority.issue('DNS:localhost'))
    const channelId = await harness.createChannel({ url: secure.url })
    const worker = await harness.startWorker()
    expect(await harness.sendTest(channelId)).toMatchObject({
      isDelivered: false,
      statusCode: null,
      message: expect.stringMatching(/not trusted.*Add the authority to the channel, or with NOTIFICATION_CA_FILE/),
    })
    expect(secure.received).toEqual([])
    const careless = await harness.createChannel({ url: secure.url, isTlsVerified: false })
    expect(await harness.sendTest(careless)).toMatchObject({ isDelivered: true, statusCode: 200 })
    await worker.stop()
    await harness.startWorker({ caFile: harness.authority.caFile })
    expect(await harness.sendTest(channelId)).toMatchObject({
      isDelivered: true,
      statusCode: 200,
      message: expect.stringMatching(/^The receiver answered 200/),
    })
    // A certificate for another host name is still rejected.
    const elsewhere = await harness.createChannel({ url: secure.url.replace('localhost', '127.0.0.1') })
    expect(await harness.sendTest(elsewhere)).toMatchObject({
      isDelivered: false,
      message: expect.stringContaining('for other host names'),
    })
  })

  test.each([
    { name: 'an unknown host name', url: 'http://nowhere.invalid/', explanation: /Host name nowhere\.invalid not found/ },
    { name: 'a closed port', url: 'http://127.0.0.1:1/', explanation: /127\.0\.0\.1:1 refused the connection/ },
    { name: 'https on an http port', url: 'https', explanation: /TLS handshake.*failed/ },
  ])('explains the failure of a test: $name', async ({ url, explanation }) => {
    const [channelId] = [
      await harness.createChannel({ url: url === 'https' ? receiver.url.replace('http:', 'https:') : url, timeoutSeconds: 10 }),
      await harness.startWorker(),
    ]
    const { isDelivered, message } = await harness.sendTest(channelId)
    expect({ isDelivered, message }).toEqual({ isDelivered: false, message: expect.stringMatching(explanation) })
  })

  test('sends a test to a disabled channel once, in the format of an alert', async () => {
    const [channelId] = [await harness.createChannel({}, { isEnabled: false }), await harness.startWorker()]
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: true, statusCode: 200, durationMs: expect.any(Number) })
    expect(receiver.received[0]?.body).toMatchObject({
      event_type: 'test',
      alert: { alert_id: '', kind: 'test', subject: 'On call', facts: {} },
    })
    expect(isSigned(receiver.received[0] as never, SECRET)).toBe(true)
    receiver.answer = failing
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: false, statusCode: 500 })
    expect((await harness.readDeliveries(channelId))[0]).toMatchObject({ event: 'test', state: 'failed', attempts: 1, nextAttemptAt: null })
  })

  test('logs no secret', () => {
    expect(harness.lines.some(({ msg }) => msg === 'notification delivered')).toBe(true)
    expect(harness.lines.some(({ msg }) => msg === 'notification delivery failed')).toBe(true)
    const everything = JSON.stringify(harness.lines)
    for (const secret of [SECRET, HEADER]) expect(everything).not.toContain(secret)
  })
})
