import pg from 'pg'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { RetentionService } from '../../src/features/retention/retention.service.js'
import { request, waitFor } from '../client.js'
import { CHANNELS_PATH, HEADER, type NotificationHarness, outdatedStatus, SECRET, sharedHarness } from '../notifications-harness.js'
import { failing, isSigned, ok, type Receiver, silent } from '../receiver.js'

describe('recovery', () => {
  /** Lock of delivery-queue.repository.ts; while it is held, no worker claims a message. */
  const CLAIM_LOCK = 7_216_530_430

  let harness: NotificationHarness
  let receiver: Receiver

  beforeAll(async () => {
    harness = await sharedHarness()
    receiver = harness.receiver
  })
  afterEach(() => harness.reset())

  test('sends open alerts as soon as a receiver is available again', async () => {
    const [channelId, worker] = [await harness.createChannel(), await harness.startWorker()]
    receiver.answer = failing
    await worker.check(outdatedStatus())
    await harness.waitForError(channelId)
    await harness.api.query(`UPDATE notification_deliveries SET expires_at = now() - interval '1 second'`)
    const given = await harness.waitForState(channelId, 'failed')
    expect(given).toMatchObject({ error: expect.stringContaining('responded with 500'), nextAttemptAt: null })
    receiver.answer = ok
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: true })
    expect(await harness.waitForState(channelId, 'delivered', 1)).toMatchObject({ event: 'signature_alert', deliveryId: given.deliveryId })
  })

  test('retries failed messages immediately after a change of the channel', async () => {
    const [channelId, worker] = [await harness.createChannel({ url: 'http://127.0.0.1:1/' }), await harness.startWorker()]
    await worker.check(outdatedStatus())
    await harness.waitForError(channelId)
    const change = (secrets: object) => {
      const webhook = { url: receiver.url, timeoutSeconds: 2, ...secrets }
      const json = { kind: 'webhook', name: 'x', webhook }
      return request(harness.api, 'PUT', `${CHANNELS_PATH}/${channelId}`, { session: harness.session, json })
    }
    // The secrets were entered for another receiver.
    const refused = await change({})
    expect(refused).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
    expect(refused.body.detail).toContain('enter again or remove: the header Authorization, the secret')
    expect((await change({ headers: [{ name: 'Authorization', value: HEADER }], secret: SECRET })).status).toBe(200)
    await harness.waitForState(channelId, 'delivered')
    expect(receiver.received[0]?.headers.authorization).toBe(HEADER)
    expect(isSigned(receiver.received[0] as never, SECRET)).toBe(true)
  })

  /** Keeps all workers from claiming messages. */
  async function holdLock(): Promise<{ release(): Promise<void> }> {
    const client = new pg.Client({ connectionString: harness.api.config.databaseUrl })
    await client.connect()
    await client.query('SELECT pg_advisory_lock($1)', [CLAIM_LOCK])
    return { release: () => client.end() }
  }

  test('loses no message if a worker is killed after the commit or while it sends', async () => {
    const channelId = await harness.createChannel()
    harness.status = outdatedStatus()
    // Between commit and delivery: no worker can claim a message.
    const holder = await holdLock()
    const first = await harness.spawnWorker()
    await waitFor(async () => ((await harness.readDeliveries(channelId)).length > 0 ? true : undefined), 40_000)
    await first.kill()
    expect((await harness.readDeliveries(channelId)).map(({ attempts, state }) => [attempts, state])).toEqual([[0, 'waiting']])
    expect(receiver.received).toEqual([])
    await holder.release()
    // While it sends: the receiver has the message, but the worker has no response yet.
    receiver.answer = silent
    const second = await harness.spawnWorker()
    await waitFor(() => receiver.received.length === 1 || undefined, 40_000)
    await second.kill()
    receiver.answer = ok
    // The lease of the killed worker expires.
    await harness.api.query(`UPDATE notification_deliveries SET leased_until = now(), next_attempt_at = now()`)
    await harness.startWorker()
    const delivered = await waitFor(async () => {
      const [one] = await harness.readDeliveries(channelId)
      return one?.state === 'delivered' ? one : undefined
    }, 40_000)
    expect(delivered.attempts).toBe(2)
    expect(await harness.readDeliveries(channelId)).toHaveLength(1)
    expect(receiver.received.map(({ headers }) => headers['guardimesh-delivery'])).toEqual([delivered.deliveryId, delivered.deliveryId])
  }, 150_000)

  test('releases messages in progress when the worker stops', async () => {
    const channelId = await harness.createChannel({ timeoutSeconds: 60 })
    const worker = await harness.startWorker()
    receiver.answer = silent
    await worker.check(outdatedStatus())
    await harness.waitForRequests(1)
    await worker.stop()
    receiver.answer = ok
    await harness.startWorker()
    expect(await harness.waitForState(channelId, 'delivered')).toMatchObject({ attempts: 2 })
  })

  test('deletes old deliveries except pending ones', async () => {
    const [channelId, worker] = [await harness.createChannel(), await harness.startWorker({ isSending: false })]
    await harness.api.query(
      `INSERT INTO notification_deliveries (channel_id, event, alert_id, alert, state, created_at, expires_at)
     SELECT $1, 'signature_alert', n, '{"kind": "stale-warning", "subject": "", "message": ""}', state, now() - make_interval(days => days), now() + interval '1 day'
     FROM (VALUES (1, 'delivered', 31), (2, 'failed', 31), (3, 'superseded', 31), (4, 'waiting', 31), (5, 'delivered', 1)) AS row (n, state, days)`,
      [channelId],
    )
    await worker.app.get(RetentionService).dropOldData()
    await worker.app.get(RetentionService).dropOldData()
    expect(await harness.api.query('SELECT alert_id FROM notification_deliveries ORDER BY 1')).toEqual([{ alert_id: 4 }, { alert_id: 5 }])
  })

  test('logs no secret', () => {
    expect(harness.lines.some(({ msg }) => msg === 'notification delivered')).toBe(true)
    expect(harness.lines.some(({ msg }) => msg === 'notification delivery failed')).toBe(true)
    const everything = JSON.stringify(harness.lines)
    for (const secret of [SECRET, HEADER]) expect(everything).not.toContain(secret)
  })
})
