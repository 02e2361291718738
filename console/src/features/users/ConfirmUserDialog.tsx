import type { AccountDetails, Invitation } from '@guardimesh/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { changeUser, deleteUser, renewInvitation, usersKey } from '../../api/queries/accounts.js'
import { resetTwoFactor } from '../../api/queries/two-factor.js'
import { ConfirmDialog } from '../../forms/ConfirmDialog.js'

type ConfirmedAction = 'link' | 'deactivate' | 'activate' | 'resetTwoFactor' | 'delete'

interface ConfirmUserDialogProps {
  action: ConfirmedAction
  user: AccountDetails
  onClose: () => void
  onDone: (text: string) => void
  onInvited: (invitation: Invitation) => void
}

/** Runs an action. @returns the new invitation, if there is one. */
async function run(action: ConfirmedAction, accountId: string): Promise<Invitation | undefined> {
  if (action === 'link') return renewInvitation(accountId)
  if (action === 'delete') await deleteUser(accountId)
  else if (action === 'resetTwoFactor') await resetTwoFactor(accountId)
  else await changeUser({ accountId, change: { isActive: action === 'activate' } })
  return undefined
}

/** Asks before it changes the access of a user. */
export function ConfirmUserDialog({ action, user, onClose, onDone, onInvited }: ConfirmUserDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const name = user.displayName
  const confirm = useMutation({
    mutationFn: () => run(action, user.accountId),
    onSuccess: async (invitation) => {
      if (invitation) onInvited(invitation)
      else onDone(t(`users.done.${action === 'link' ? 'edit' : action}`, { name }))
      await client.invalidateQueries({ queryKey: usersKey })
      onClose()
    },
    // An invitation contains a token.
    gcTime: 0,
  })
  return (
    <ConfirmDialog
      title={t(`users.confirm.${action}.title`, { name })}
      confirmLabel={t(`users.confirm.${action}.submit`)}
      {...(action === 'delete' || action === 'deactivate' ? { color: 'red.9' } : {})}
      isPending={confirm.isPending}
      error={confirm.error}
      onConfirm={() => confirm.mutate()}
      onClose={onClose}
    >
      <p>{t(`users.confirm.${action}.text`, { email: user.email })}</p>
    </ConfirmDialog>
  )
}
