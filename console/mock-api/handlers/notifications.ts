import {
  NotificationChannel,
  NotificationChannelChange,
  NotificationChannelList,
  type NotificationDelivery,
  NotificationDeliveryList,
  NotificationTestResult,
} from '@guardimesh/contracts'
import { answer, noContent, problem } from '../answer.js'
import type { MockCall, MockHandler, MockRoute } from './context.js'

/** As with the backend, only administrators see and change channels. */
function forAdministrators(handler: MockHandler): MockHandler {
  return (call) => (call.session?.behaviour === 'viewer' ? problem('ROLE_MISSING', 'Only an administrator may do this.') : handler(call))
}

/** For a channel that there is. */
function ofChannel(handler: (call: MockCall, channel: NotificationChannel) => Response): MockHandler {
  return forAdministrators((call) => {
    const channel = call.db.notificationChannels.find(({ channelId }) => channelId === call.parts[0])
    return channel ? handler(call, channel) : problem('NOTIFICATION_CHANNEL_NOT_FOUND', 'There is no such channel.')
  })
}

/** A channel as its change leaves it: secrets are never kept, only that there are some. */
function changed(
  channelId: string,
  change: NotificationChannelChange,
  by: MockCall['session'],
  before?: NotificationChannel,
): NotificationChannel {
  const { headers, secret, ...webhook } = change.webhook
  return {
    ...change,
    channelId,
    updatedAt: new Date().toISOString(),
    updatedBy: by?.email ?? '',
    lastDelivery: before?.lastDelivery ?? null,
    webhook: {
      ...webhook,
      headers: headers?.map(({ name }) => ({ name, isSet: true as const })) ?? before?.webhook.headers ?? [],
      hasSecret: secret === undefined ? (before?.webhook.hasSecret ?? false) : secret !== null,
    },
  }
}

/** Marked input: what comes of a test is said by the address. */
function testOf({ webhook: { url, timeoutSeconds } }: NotificationChannel): NotificationTestResult {
  const { host } = new URL(url)
  const failed = { isDelivered: false, statusCode: null, durationMs: timeoutSeconds * 1000 }
  if (host.startsWith('away'))
    return {
      ...failed,
      message: `No connection to ${host} came about within ${timeoutSeconds} seconds. Is there a firewall between? In a cluster a NetworkPolicy may be in the way: notifications.egress of the GuardimeshPlatform says what the worker may reach.`,
    }
  if (host.startsWith('desk'))
    return { ...failed, statusCode: 500, durationMs: 41, message: `${host} answered 500: it failed. Its own log says why.` }
  return { isDelivered: true, statusCode: 202, durationMs: 38, message: 'The receiver answered 202 after 38 ms.' }
}

function noteTest({ db }: MockCall, channel: NotificationChannel, result: NotificationTestResult): void {
  const at = new Date().toISOString()
  const { statusCode, durationMs } = result
  const outcome = {
    state: result.isDelivered ? ('delivered' as const) : ('failed' as const),
    statusCode,
    error: result.isDelivered ? '' : result.message,
  }
  const delivery: NotificationDelivery = {
    deliveryId: crypto.randomUUID(),
    event: 'test',
    alertKind: '',
    subject: channel.name,
    message: `This is a test of the channel ${channel.name}. Nothing is the matter.`,
    attempts: 1,
    createdAt: at,
    lastAttemptAt: at,
    nextAttemptAt: null,
    durationMs,
    ...outcome,
  }
  db.notificationDeliveries.set(channel.channelId, [delivery, ...(db.notificationDeliveries.get(channel.channelId) ?? [])])
  channel.lastDelivery = { ...outcome, at }
}

export const notificationRoutes: readonly MockRoute[] = [
  [
    'GET',
    /^\/api\/notifications\/channels$/,
    forAdministrators(({ db }) =>
      answer(NotificationChannelList, { items: db.notificationChannels.toSorted((a, b) => a.name.localeCompare(b.name)) }),
    ),
  ],
  [
    'POST',
    /^\/api\/notifications\/channels$/,
    forAdministrators(({ body, db, session }) => {
      const change = NotificationChannelChange.parse(body)
      if (change.name === 'error-500') return problem('INTERNAL', 'The channel could not be stored.')
      const channel = changed(crypto.randomUUID(), change, session)
      db.notificationChannels.push(channel)
      return answer(NotificationChannel, channel)
    }),
  ],
  [
    'PUT',
    /^\/api\/notifications\/channels\/([^/]+)$/,
    ofChannel(({ body, db, session }, before) => {
      const channel = changed(before.channelId, NotificationChannelChange.parse(body), session, before)
      db.notificationChannels.splice(db.notificationChannels.indexOf(before), 1, channel)
      return answer(NotificationChannel, channel)
    }),
  ],
  [
    'DELETE',
    /^\/api\/notifications\/channels\/([^/]+)$/,
    ofChannel(({ db }, channel) => {
      db.notificationChannels.splice(db.notificationChannels.indexOf(channel), 1)
      return noContent()
    }),
  ],
  [
    'POST',
    /^\/api\/notifications\/channels\/([^/]+)\/test$/,
    ofChannel((call, channel) => {
      const result = testOf(channel)
      noteTest(call, channel, result)
      return answer(NotificationTestResult, result)
    }),
  ],
  [
    'GET',
    /^\/api\/notifications\/channels\/([^/]+)\/deliveries$/,
    ofChannel(({ db }, { channelId }) => answer(NotificationDeliveryList, { items: db.notificationDeliveries.get(channelId) ?? [] })),
  ],
]
