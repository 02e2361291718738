import type { NotificationChannel } from '@guardimesh/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notificationsKey, replaceChannel, testChannel } from '../../api/queries/notifications.js'
import { withEnabled } from './channel-form.js'

/** What a click does at once: a test, and switching on and off. Everything about channels is read again afterwards. */
export function useChannelActions(onSwitched: (channel: NotificationChannel) => void) {
  const client = useQueryClient()
  const readAgain = () => client.invalidateQueries({ queryKey: notificationsKey })
  const test = useMutation({ mutationFn: ({ channelId }: NotificationChannel) => testChannel(channelId), onSettled: readAgain })
  const toggle = useMutation({
    mutationFn: (channel: NotificationChannel) =>
      replaceChannel({ channelId: channel.channelId, change: withEnabled(channel, !channel.isEnabled) }),
    onSuccess: async (saved) => {
      onSwitched(saved)
      await readAgain()
    },
  })
  return { test, toggle }
}
