import { type NotificationChannel, type NotificationChannelList, targetViewOf } from '@guardimesh/contracts'
import { ENCRYPTED_SECRETS_MIGRATION, HISTORY_TABLE } from '@guardimesh/migrations'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createApi } from '../../src/create-app.js'
import { ChannelEncryptionService } from '../../src/features/notifications/channel-encryption.service.js'
import { captureLog } from '../captured-log.js'
import { request, waitFor } from '../client.js'
import { CHANNELS_PATH, HEADER, type NotificationHarness, SECRET, sharedHarness, type TestWorker } from '../notifications-harness.js'
import { isSigned, type Receiver } from '../receiver.js'

describe('encryption of secrets', () => {
  /** Keys of another cluster, or of a rotation. */
  const OTHER_KEY = Buffer.alloc(32, 'other')
  const PLAIN = { headers: [{ name: 'Authorization', value: HEADER }], secret: SECRET }
  const EXPLANATION = /^Nothing was sent: the stored secrets .* cannot be decrypted with this cluster's key\. Enter them again\.$/

  let harness: NotificationHarness
  let receiver: Receiver

  beforeAll(async () => {
    harness = await sharedHarness()
    receiver = harness.receiver
  })
  afterEach(() => harness.reset())

  const encryptAll = (worker: TestWorker) => worker.app.get(ChannelEncryptionService).encryptAll()
  const storeInPlainText = () => harness.api.query('UPDATE notification_channels SET secrets = $1', [JSON.stringify(PLAIN)])
  const readRows = async () =>
    (await harness.api.query<{ text: string }>('SELECT secrets::text AS text FROM notification_channels ORDER BY channel_id')).map(
      ({ text }) => text,
    )
  const hasPlainText = (text: string) => text.includes(HEADER) || text.includes(SECRET)

  /** Starts an API with other keys over the same database. */
  async function startOtherApi(...encryptionKeys: readonly Buffer[]) {
    const { log, lines } = captureLog()
    const api = await createApi({ ...harness.api.config, encryptionKeys, firstAdminPasswordFile: undefined }, log)
    harness.defer(() => api.close())
    const at = { url: await api.listen('127.0.0.1', 0) }
    const { session } = harness
    return {
      lines,
      list: async () => (await request<NotificationChannelList>(at, 'GET', CHANNELS_PATH, { session })).body.items,
      replace: (channelId: string, webhook: object, isEnabled = true) => {
        const json = {
          kind: 'webhook',
          name: 'On call',
          isEnabled,
          webhook: { url: `${receiver.url}/in`, ...webhook },
        }
        return request<NotificationChannel>(at, 'PUT', `${CHANNELS_PATH}/${channelId}`, { session, json })
      },
    }
  }

  test('encrypts the channels of an earlier version once, however many workers start', async () => {
    const channelId = await harness.createChannel()
    for (let count = 0; count < 5; count++) await harness.createChannel()
    await storeInPlainText()
    const workers = await Promise.all([1, 2, 3].map(() => harness.startWorker()))
    // A message may be due before the secrets are encrypted.
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: true })
    await Promise.all(workers.map(encryptAll))
    const encrypted = await readRows()
    expect(encrypted.filter(hasPlainText)).toEqual([])
    expect(harness.lines.filter(({ msg }) => msg === 'secrets of notification channels encrypted')).toMatchObject([{ encrypted: 6 }])
    await Promise.all(workers.map(encryptAll))
    expect(await readRows()).toEqual(encrypted)
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: true })
    for (const message of receiver.received) {
      expect(message.headers.authorization).toBe(HEADER)
      expect(isSigned(message, SECRET)).toBe(true)
    }
    expect(receiver.received).toHaveLength(2)
  })

  test('does not encrypt them for an earlier version, to which the database is being rolled back', async () => {
    await harness.createChannel()
    await storeInPlainText()
    const worker = await harness.startWorker({ isSending: false })
    const rename = (from: string, to: string) => harness.api.query(`UPDATE ${HISTORY_TABLE} SET name = $2 WHERE name = $1`, [from, to])
    await rename(ENCRYPTED_SECRETS_MIGRATION, 'later')
    try {
      await encryptAll(worker)
      expect((await readRows()).map(hasPlainText)).toEqual([true])
    } finally {
      await rename('later', ENCRYPTED_SECRETS_MIGRATION)
    }
    await encryptAll(worker)
    expect((await readRows()).map(hasPlainText)).toEqual([false])
  })

  test('encrypts them when the installed worker starts', async () => {
    await harness.createChannel()
    await storeInPlainText()
    await harness.spawnWorker()
    await waitFor(async () => !(await readRows()).some(hasPlainText) || undefined, 40_000)
  }, 60_000)

  test('reports secrets of another cluster, sends nothing, and keeps them until they are entered again', async () => {
    const channelId = await harness.createChannel()
    const withoutSecrets = await harness.createChannel({ headers: [], secret: null }, { name: 'Plain' })
    const stored = await readRows()
    const other = await startOtherApi(OTHER_KEY)
    const worker = await harness.startWorker({ encryptionKeys: [OTHER_KEY] })
    await encryptAll(worker)
    expect(harness.lines).toContainEqual(
      expect.objectContaining({ msg: expect.stringContaining('cannot be decrypted'), channelIds: [channelId] }),
    )
    expect((await other.list()).map((channel) => [channel.name, targetViewOf(channel).hasUnreadableSecrets])).toEqual([
      ['On call', true],
      ['Plain', false],
    ])
    expect(await harness.sendTest(channelId)).toMatchObject({
      isDelivered: false,
      statusCode: null,
      message: expect.stringMatching(EXPLANATION),
    })
    expect((await harness.readDeliveries(channelId))[0]).toMatchObject({ state: 'failed', error: expect.stringMatching(EXPLANATION) })
    expect((await other.list())[0]).toMatchObject({ lastDelivery: { state: 'failed', error: expect.stringMatching(EXPLANATION) } })
    expect(receiver.received).toEqual([])
    expect(await harness.sendTest(withoutSecrets)).toMatchObject({ isDelivered: true })
    // A change that enters no secret keeps them for the former key.
    expect(await other.replace(channelId, {}, false)).toMatchObject({ status: 200, body: { webhook: { hasUnreadableSecrets: true } } })
    expect(await readRows()).toEqual(stored)

    // One of two is not enough.
    const header = { name: 'Authorization', value: 'entered-again' }
    expect((await other.replace(channelId, { headers: [header] })).body).toMatchObject({ webhook: { hasUnreadableSecrets: true } })
    const repaired = await other.replace(channelId, { headers: [header], secret: 'a-secret-that-is-new' })
    expect(repaired).toMatchObject({ status: 200, body: { webhook: { hasUnreadableSecrets: false, hasSecret: true } } })
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: true })
    const sent = receiver.received.at(-1)
    expect(sent?.headers.authorization).toBe('entered-again')
    expect(isSigned(sent as never, 'a-secret-that-is-new')).toBe(true)
    expect(JSON.stringify(other.lines)).not.toMatch(/entered-again|a-secret-that-is-new/)
  })

  test('encrypts everything with the new key of a rotation', async () => {
    const channelId = await harness.createChannel()
    const [rotated, old] = [await startOtherApi(OTHER_KEY), await readRows()]
    expect((await rotated.list())[0]).toMatchObject({ webhook: { hasUnreadableSecrets: true } })
    const worker = await harness.startWorker({ encryptionKeys: [OTHER_KEY, ...harness.api.config.encryptionKeys] })
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: true })
    await encryptAll(worker)
    expect(await readRows()).not.toEqual(old)
    expect((await rotated.list())[0]).toMatchObject({ webhook: { hasUnreadableSecrets: false } })
  })

  test('sends no secret to a receiver or from a channel that the database was changed to', async () => {
    const channelId = await harness.createChannel()
    const target = await harness.createChannel({ headers: [], secret: null }, { name: 'Target' })
    await harness.api.query(
      'UPDATE notification_channels SET secrets = (SELECT secrets FROM notification_channels WHERE channel_id = $1) WHERE channel_id = $2',
      [channelId, target],
    )
    await harness.startWorker()
    expect(await harness.sendTest(target)).toMatchObject({ isDelivered: false, message: expect.stringMatching(EXPLANATION) })
    const other = await harness.startReceiver()
    const setUrl = (url: string) =>
      harness.api.query(
        `UPDATE notification_channels SET settings = jsonb_set(settings, '{url}', to_jsonb($2::text)) WHERE channel_id = $1`,
        [channelId, url],
      )
    await setUrl(other.url)
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: false, message: expect.stringMatching(EXPLANATION) })
    expect([receiver.received, other.received]).toEqual([[], []])
    await setUrl(`${receiver.url}/another/path`)
    expect(await harness.sendTest(channelId)).toMatchObject({ isDelivered: true })
  })
})
