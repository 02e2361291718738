import type { SessionDetails } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { endSessions, type SessionOwner, sessionList, sessionsKey } from '../../api/queries/accounts.js'
import { FormProblem } from '../../forms/FormProblem.js'
import classes from '../../forms/forms.module.css'
import { type Column, DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { ActionButton } from '../../ui/ActionButton.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { browserName } from './browser-name.js'

function DeviceCell({ session: { userAgent, isCurrent, createdAt } }: { session: SessionDetails }) {
  const { t } = useTranslation()
  return (
    <>
      <b title={userAgent}>{browserName(userAgent) ?? t('sessions.unknownDevice')}</b>{' '}
      {isCurrent ? <StateBadge tone="good" text={t('sessions.current')} /> : null}
      <SecondLine>
        {t('sessions.since')} <RelativeTime at={createdAt} />
      </SecondLine>
    </>
  )
}

/** Sessions of an account, with buttons that end them. The current session ends with the logout instead. */
export function SessionTable({ owner }: { owner: SessionOwner }) {
  const { t } = useTranslation()
  const sessions = useQuery(sessionList(owner))
  const client = useQueryClient()
  const end = useMutation({ mutationFn: endSessions, onSuccess: () => client.invalidateQueries({ queryKey: sessionsKey }) })
  const columns: readonly Column<SessionDetails>[] = [
    { header: 'device', cell: (session) => <DeviceCell session={session} /> },
    { header: 'address', cell: ({ clientIp }) => clientIp },
    { header: 'lastUsed', cell: ({ lastUsedAt }) => <RelativeTime at={lastUsedAt} /> },
    {
      header: 'actions',
      width: '80px',
      cell: ({ sessionId, isCurrent, clientIp }) =>
        isCurrent ? null : (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('sessions.endLabel', { address: clientIp })}
            onClick={() => end.mutate({ owner, sessionId })}
          >
            {t('sessions.end')}
          </Button>
        ),
    },
  ]
  return (
    <QueryState query={sessions}>
      {({ items }) => (
        <div className={classes.form}>
          <FormProblem error={end.error} />
          {items.length === 0 ? (
            <p className={classes.note}>{t('sessions.none')}</p>
          ) : (
            <DataTable label={t('sessions.title')} columns={columns} rows={items} rowKey={({ sessionId }) => sessionId} />
          )}
          <div className={classes.buttons}>
            <ActionButton
              size="xs"
              variant="default"
              loading={end.isPending}
              disabledReason={items.some(({ isCurrent }) => !isCurrent) ? undefined : t('sessions.noOthers')}
              onClick={() => end.mutate({ owner, sessionId: undefined })}
            >
              {t(items.some(({ isCurrent }) => isCurrent) ? 'sessions.endOthers' : 'sessions.endAll')}
            </ActionButton>
          </div>
        </div>
      )}
    </QueryState>
  )
}
