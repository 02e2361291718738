import type { NotificationChannel } from '@guardimesh/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notificationsKey, replaceChannel, testChannel } from '../../api/queries/notifications.js'
import { withEnabled } from './channel-form.js'

/** Actions without a dialog: test, enable and disable. Channels are refetched afterwards. */
export function useChannelActions(onToggled: (channel: NotificationChannel) => void) {
  const client = useQueryClient()
  const refetch = () => client.invalidateQueries({ queryKey: notificationsKey })
  const test = useMutation({ mutationFn: ({ channelId }: NotificationChannel) => testChannel(channelId), onSettled: refetch })
  const toggle = useMutation({
    mutationFn: (channel: NotificationChannel) =>
      replaceChannel({ channelId: channel.channelId, change: withEnabled(channel, !channel.isEnabled) }),
    onSuccess: async (saved) => {
      onToggled(saved)
      await refetch()
    },
  })
  return { test, toggle }
}
