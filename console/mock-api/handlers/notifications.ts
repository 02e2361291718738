import {
  NotificationChannel,
  NotificationChannelChange,
  NotificationChannelList,
  type NotificationDelivery,
  NotificationDeliveryList,
  NotificationTestResult,
  targetViewOf,
} from '@guardimesh/contracts'
import { answer, noContent, problem } from '../answer.js'
import type { MockCall, MockHandler, MockRoute } from './mock-route.js'

/** Only administrators can read and change channels, as in the backend. */
export function forAdministrators(handler: MockHandler): MockHandler {
  return (call) => (call.session?.behaviour === 'viewer' ? problem('ROLE_MISSING', 'Only administrators can do this.') : handler(call))
}

/** Passes the channel to the handler, or responds with an error if it does not exist. */
function ofChannel(handler: (call: MockCall, channel: NotificationChannel) => Response): MockHandler {
  return forAdministrators((call) => {
    const channel = call.db.notificationChannels.find(({ channelId }) => channelId === call.parts[0])
    return channel ? handler(call, channel) : problem('NOTIFICATION_CHANNEL_NOT_FOUND', 'Channel not found.')
  })
}

/** Applies a change to a channel. Secrets are not stored, only whether they are set. */
function applyChange(
  channelId: string,
  change: NotificationChannelChange,
  by: MockCall['session'],
  before?: NotificationChannel,
): NotificationChannel {
  const { kind } = change
  const { headers, secret, ...settings } = change[kind] as AnyChange
  const stored = before && targetViewOf(before)
  const channel = {
    ...change,
    channelId,
    updatedAt: new Date().toISOString(),
    updatedBy: by?.email ?? '',
    lastDelivery: before?.lastDelivery ?? null,
    [kind]: {
      ...(kind === 'slack' || kind === 'teams' ? { host: secret ? new URL(secret).host : (stored?.host ?? '') } : {}),
      ...settings,
      headers: headers?.map(({ name }) => ({ name, isSet: true as const })) ?? stored?.headers ?? [],
      hasSecret: secret === undefined ? (stored?.hasSecret ?? false) : secret !== null,
      hasUnreadableSecrets: secret === undefined && (stored?.hasUnreadableSecrets ?? false),
    },
  }
  return channel as NotificationChannel
}

/** The receiver in a request of any kind. */
interface AnyChange {
  readonly headers?: readonly { readonly name: string }[]
  readonly secret?: string | null
}

/** Marked input: the host name determines the result of a test. */
function testOf(channel: NotificationChannel): NotificationTestResult {
  const { url, host: name = '', timeoutSeconds, hasUnreadableSecrets } = targetViewOf(channel)
  const host = url === undefined ? name : new URL(url).host
  if (hasUnreadableSecrets)
    return {
      isDelivered: false,
      statusCode: null,
      durationMs: 0,
      message: "Nothing was sent: the stored secrets of this channel cannot be decrypted with this cluster's key. Enter them again.",
    }
  const failed = { isDelivered: false, statusCode: null, durationMs: timeoutSeconds * 1000 }
  if (host.startsWith('away'))
    return {
      ...failed,
      message: `Connection to ${host} timed out after ${timeoutSeconds} seconds. Check firewalls on the path. In a cluster, a NetworkPolicy may block it: allow the destination in notifications.egress of the GuardimeshPlatform.`,
    }
  if (host.startsWith('desk')) return { ...failed, statusCode: 500, durationMs: 41, message: `${host} returned 500. Check its log.` }
  return { isDelivered: true, statusCode: 202, durationMs: 38, message: 'The receiver returned 202 after 38 ms.' }
}

function recordTest({ db }: MockCall, channel: NotificationChannel, result: NotificationTestResult): void {
  const at = new Date().toISOString()
  const { statusCode, durationMs } = result
  const outcome = {
    state: result.isDelivered ? ('delivered' as const) : ('failed' as const),
    statusCode,
    error: result.isDelivered ? '' : result.message,
  }
  const delivery: NotificationDelivery = {
    deliveryId: crypto.randomUUID(),
    channelId: channel.channelId,
    channelName: channel.name,
    event: 'test',
    alertKind: '',
    subject: channel.name,
    message: `Test message of the channel ${channel.name}. No action is needed.`,
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
      const channel = applyChange(crypto.randomUUID(), change, session)
      db.notificationChannels.push(channel)
      return answer(NotificationChannel, channel)
    }),
  ],
  [
    'PUT',
    /^\/api\/notifications\/channels\/([^/]+)$/,
    ofChannel(({ body, db, session }, before) => {
      const channel = applyChange(before.channelId, NotificationChannelChange.parse(body), session, before)
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
      recordTest(call, channel, result)
      return answer(NotificationTestResult, result)
    }),
  ],
  [
    'GET',
    /^\/api\/notifications\/channels\/([^/]+)\/deliveries$/,
    ofChannel(({ db }, { channelId }) => answer(NotificationDeliveryList, { items: db.notificationDeliveries.get(channelId) ?? [] })),
  ],
]
