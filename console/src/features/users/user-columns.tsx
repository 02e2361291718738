import type { AccountDetails } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from '../../forms/forms.module.css'
import type { Column } from '../../table/DataTable.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'

const ACTIONS = ['edit', 'sessions', 'link', 'deactivate', 'activate', 'resetTwoFactor', 'delete'] as const
export type UserAction = (typeof ACTIONS)[number]
export type OnUserAction = (action: UserAction, user: AccountDetails) => void

const STATE_TONE = { active: 'good', invited: 'warn', deactivated: 'quiet' } as const

function UserCell({ user }: { user: AccountDetails }) {
  const { t } = useTranslation()
  return (
    <>
      <b>{user.displayName}</b>
      <SecondLine>{user.email}</SecondLine>
      {user.hasTwoFactor ? <StateBadge tone="good" text={t('users.twoFactor')} /> : null}
    </>
  )
}

function StateCell({ user: { state, invitationExpiresAt } }: { user: AccountDetails }) {
  const { t } = useTranslation()
  return (
    <>
      <StateBadge tone={STATE_TONE[state]} text={t(`users.state.${state}`)} />
      {invitationExpiresAt === null ? null : (
        <SecondLine>
          {t(Date.parse(invitationExpiresAt) > Date.now() ? 'users.linkExpires' : 'users.linkExpired')}{' '}
          <RelativeTime at={invitationExpiresAt} />
        </SecondLine>
      )}
    </>
  )
}

function RoleCell({ user }: { user: AccountDetails }) {
  const { t } = useTranslation()
  return t(`account.roles.${user.role}`)
}

function LastLogInCell({ user: { lastLogInAt } }: { user: AccountDetails }) {
  const { t } = useTranslation()
  return lastLogInAt === null ? t('users.never') : <RelativeTime at={lastLogInAt} />
}

const hidden = (action: UserAction, { state, hasTwoFactor }: AccountDetails) =>
  (action === 'resetTwoFactor' && !hasTwoFactor) ||
  (action === 'activate' && state !== 'deactivated') ||
  ((action === 'deactivate' || action === 'link') && state === 'deactivated')

function ActionsCell({ user, onAction }: { user: AccountDetails; onAction: OnUserAction }) {
  const { t } = useTranslation()
  return (
    <div className={classes.buttons}>
      {ACTIONS.filter((action) => !hidden(action, user)).map((action) => (
        <Button
          key={action}
          size="compact-xs"
          variant="default"
          aria-label={t(`users.action.${action}Label`, { name: user.displayName })}
          onClick={() => onAction(action, user)}
        >
          {t(`users.action.${action}`)}
        </Button>
      ))}
    </div>
  )
}

export function buildUserColumns(onAction: OnUserAction): readonly Column<AccountDetails>[] {
  return [
    { header: 'user', cell: (user) => <UserCell user={user} /> },
    { header: 'role', cell: (user) => <RoleCell user={user} /> },
    { header: 'state', cell: (user) => <StateCell user={user} /> },
    { header: 'lastLogIn', cell: (user) => <LastLogInCell user={user} /> },
    { header: 'actions', width: '34%', cell: (user) => <ActionsCell user={user} onAction={onAction} /> },
  ]
}
