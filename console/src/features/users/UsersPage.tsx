import type { AccountDetails, Invitation } from '@guardimesh/contracts'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isForbidden } from '../../api/errors.js'
import { userList } from '../../api/queries/accounts.js'
import { Dialog } from '../../forms/Dialog.js'
import { FormSuccess } from '../../forms/FormSuccess.js'
import { DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { ActionButton } from '../../ui/ActionButton.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { SessionTable } from '../sessions/SessionTable.js'
import { ConfirmUserDialog } from './ConfirmUserDialog.js'
import { InvitationLinkDialog } from './InvitationLinkDialog.js'
import { UserDialog } from './UserDialog.js'
import { buildUserColumns, type UserAction } from './user-columns.js'

type Open = { action: 'invite' } | { action: UserAction; user: AccountDetails }

/** Users of the console, for administrators. */
export function UsersPage() {
  const { t } = useTranslation()
  const users = useQuery(userList)
  const [open, setOpen] = useState<Open | null>(null)
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const [done, setDone] = useState<string>()
  const failure = users.error && t(isForbidden(users.error) ? 'users.readOnly' : 'users.notLoaded')
  const show = (next: Open) => {
    setDone(undefined)
    setOpen(next)
  }
  return (
    <PageFrame
      title={t('users.title')}
      lead={t('users.lead')}
      actions={
        <ActionButton
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabledReason={users.data ? undefined : (failure ?? t('state.loading'))}
          onClick={() => show({ action: 'invite' })}
        >
          {t('users.invite.open')}
        </ActionButton>
      }
    >
      <FormSuccess text={done} />
      <QueryState query={users}>
        {({ items }) => (
          <DataTable
            label={t('users.title')}
            columns={buildUserColumns((action, user) => show({ action, user }))}
            rows={items}
            rowKey={({ accountId }) => accountId}
            isFaint={({ state }) => state === 'deactivated'}
          />
        )}
      </QueryState>
      {open ? <OpenDialog open={open} onClose={() => setOpen(null)} onDone={setDone} onInvited={setInvitation} /> : null}
      {invitation ? <InvitationLinkDialog invitation={invitation} onClose={() => setInvitation(null)} /> : null}
    </PageFrame>
  )
}

interface OpenDialogProps {
  open: Open
  onClose: () => void
  onDone: (text: string) => void
  onInvited: (invitation: Invitation) => void
}

function OpenDialog({ open, onClose, onDone, onInvited }: OpenDialogProps) {
  const { t } = useTranslation()
  if (open.action === 'invite') return <UserDialog user={undefined} onClose={onClose} onInvited={onInvited} onChanged={onDone} />
  const { action, user } = open
  if (action === 'edit') return <UserDialog user={user} onClose={onClose} onInvited={onInvited} onChanged={onDone} />
  if (action === 'sessions')
    return (
      <Dialog title={t('users.sessionsOf', { name: user.displayName })} size="xl" onClose={onClose}>
        <SessionTable owner={user.accountId} />
      </Dialog>
    )
  return <ConfirmUserDialog action={action} user={user} onClose={onClose} onDone={onDone} onInvited={onInvited} />
}
