import {
  NotificationChannel,
  type NotificationChannelChange,
  NotificationChannelList,
  NotificationDeliveryList,
  NotificationTestResult,
  SECOND_MS,
} from '@guardimesh/contracts'
import { queryOptions } from '@tanstack/react-query'
import { callApi, commandApi } from '../client.js'

/** All that a change of a channel makes old begins with this key. */
export const notificationsKey = ['notifications'] as const

const INTERVAL_MS = 30 * SECOND_MS
/** A test takes as long as the channel waits, at most a minute, and some seconds more. */
const TEST_TIMEOUT_MS = 90 * SECOND_MS
const CHANNELS = '/api/notifications/channels'
const channelPath = (channelId: string) => `${CHANNELS}/${encodeURIComponent(channelId)}`

export const channelList = queryOptions({
  queryKey: [...notificationsKey, 'channels'],
  queryFn: ({ signal }) => callApi(CHANNELS, NotificationChannelList, { signal }),
  refetchInterval: INTERVAL_MS,
})

/** Latest first. */
export const deliveryList = (channelId: string) =>
  queryOptions({
    queryKey: [...notificationsKey, 'deliveries', channelId],
    queryFn: ({ signal }) => callApi(`${channelPath(channelId)}/deliveries`, NotificationDeliveryList, { signal }),
    refetchInterval: INTERVAL_MS,
  })

export const createChannel = (channel: NotificationChannelChange) =>
  callApi(CHANNELS, NotificationChannel, { method: 'POST', body: channel })
export const replaceChannel = ({ channelId, change }: { channelId: string; change: NotificationChannelChange }) =>
  callApi(channelPath(channelId), NotificationChannel, { method: 'PUT', body: change })
export const deleteChannel = (channelId: string) => commandApi(channelPath(channelId), { method: 'DELETE' })
export const testChannel = (channelId: string) =>
  callApi(`${channelPath(channelId)}/test`, NotificationTestResult, { method: 'POST', timeoutMs: TEST_TIMEOUT_MS })
