import {
  NotificationChannel,
  type NotificationChannelChange,
  NotificationChannelList,
  NotificationDeliveryList,
  NotificationPreview,
  NotificationRule,
  type NotificationRuleChange,
  NotificationRuleList,
  NotificationTestResult,
  SECOND_MS,
} from '@guardimesh/contracts'
import { queryOptions } from '@tanstack/react-query'
import { callApi, commandApi } from '../client.js'

/** Prefix of all queries that a change of a channel invalidates. */
export const notificationsKey = ['notifications'] as const

const INTERVAL_MS = 30 * SECOND_MS
/** A test takes up to the channel's timeout (maximum 60 s) plus some overhead. */
const TEST_TIMEOUT_MS = 90 * SECOND_MS
const CHANNELS = '/api/notifications/channels'
const channelPath = (channelId: string) => `${CHANNELS}/${encodeURIComponent(channelId)}`

export const channelList = queryOptions({
  queryKey: [...notificationsKey, 'channels'],
  queryFn: ({ signal }) => callApi(CHANNELS, NotificationChannelList, { signal }),
  refetchInterval: INTERVAL_MS,
})

/** Deliveries of a channel, newest first. */
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

const RULES = '/api/notifications/rules'
const DELIVERIES = '/api/notifications/deliveries'
const rulePath = (ruleId: string) => `${RULES}/${encodeURIComponent(ruleId)}`

export const ruleList = queryOptions({
  queryKey: [...notificationsKey, 'rules'],
  queryFn: ({ signal }) => callApi(RULES, NotificationRuleList, { signal }),
})
export const createRule = (rule: NotificationRuleChange) => callApi(RULES, NotificationRule, { method: 'POST', body: rule })
export const replaceRule = ({ ruleId, change }: { ruleId: string; change: NotificationRuleChange }) =>
  callApi(rulePath(ruleId), NotificationRule, { method: 'PUT', body: change })
export const deleteRule = (ruleId: string) => commandApi(rulePath(ruleId), { method: 'DELETE' })
export const previewRule = (rule: NotificationRuleChange) =>
  callApi(`${RULES}/preview`, NotificationPreview, { method: 'POST', body: rule })

/** Deliveries to all channels, newest first. */
export const deliveryLog = (isFailedOnly: boolean) =>
  queryOptions({
    queryKey: [...notificationsKey, 'log', isFailedOnly],
    queryFn: ({ signal }) => callApi(`${DELIVERIES}${isFailedOnly ? '?state=failed' : ''}`, NotificationDeliveryList, { signal }),
    refetchInterval: INTERVAL_MS,
  })
export const sendAgain = (deliveryId: string) =>
  commandApi(`${DELIVERIES}/${encodeURIComponent(deliveryId)}/send-again`, { method: 'POST' })
