import type { ExceptionView } from '@guardimesh/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { exceptionsKey, revokeException } from '../../api/queries/exceptions.js'
import { ConfirmDialog } from '../../forms/ConfirmDialog.js'
import { CriteriaText } from './CriteriaText.js'

interface RevokeExceptionDialogProps {
  exception: ExceptionView
  onDone: (text: string) => void
  onClose: () => void
}

export function RevokeExceptionDialog({ exception: { exceptionId, criteria }, onDone, onClose }: RevokeExceptionDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: revokeException,
    onSuccess: async () => {
      onDone(t('exceptions.done.revoked', { exceptionId }))
      // The row's button is gone once the list is read again: the dialog must not return the focus to it before.
      await client.invalidateQueries({ queryKey: exceptionsKey })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={t('exceptions.revoke.title', { exceptionId })}
      confirmLabel={t('exceptions.revoke.confirm')}
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate(exceptionId)}
      onClose={onClose}
    >
      <CriteriaText criteria={criteria} />
      <p>{t('exceptions.revoke.text')}</p>
    </ConfirmDialog>
  )
}
