import type { NotificationChannel } from '@guardimesh/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { deleteChannel, notificationsKey } from '../../api/queries/notifications.js'
import { ConfirmDialog } from '../../forms/ConfirmDialog.js'

interface DeleteChannelDialogProps {
  channel: NotificationChannel
  onClose: () => void
  onDeleted: () => void
}

export function DeleteChannelDialog({ channel, onClose, onDeleted }: DeleteChannelDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: deleteChannel,
    onSuccess: async () => {
      onDeleted()
      // The row is gone once the list is read again: the dialog must not return the focus to it before.
      await client.invalidateQueries({ queryKey: notificationsKey })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={t('notifications.delete.title', { name: channel.name })}
      confirmLabel={t('notifications.delete.confirm')}
      color="red.9"
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(channel.channelId)}
      onClose={onClose}
    >
      <p>{t('notifications.delete.text')}</p>
    </ConfirmDialog>
  )
}
