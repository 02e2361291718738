import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notificationsKey } from '../../api/queries/notifications.js'
import { ConfirmDialog } from '../../forms/ConfirmDialog.js'

interface DeleteDialogProps {
  title: string
  text: string
  confirmLabel: string
  /** Deletes the channel or rule. */
  remove: () => Promise<unknown>
  onClose: () => void
  onDeleted: () => void
}

/** Confirms the deletion of a channel or rule. */
export function DeleteDialog({ title, text, confirmLabel, remove, onClose, onDeleted }: DeleteDialogProps) {
  const client = useQueryClient()
  const removal = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      onDeleted()
      // The row is gone once the list is read again: the dialog must not return the focus to it before.
      await client.invalidateQueries({ queryKey: notificationsKey })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={title}
      confirmLabel={confirmLabel}
      color="red.9"
      isPending={removal.isPending}
      error={removal.error}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      <p>{text}</p>
    </ConfirmDialog>
  )
}
