import type { SignatureAlert } from '@guardimesh/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { signatureAlertsQuery } from '../../../api/queries/signatures.js'
import { type Column, DataTable } from '../../../table/DataTable.js'
import { QueryState } from '../../../table/QueryState.js'
import { RelativeTime } from '../../../ui/RelativeTime.js'
import { Section } from '../../../ui/Section.js'
import { StateBadge } from '../../../ui/StateBadge.js'

function KindCell({ alert: { kind, clearedAt } }: { alert: SignatureAlert }) {
  const { t } = useTranslation()
  return <StateBadge tone={clearedAt === null ? 'warn' : 'quiet'} text={t(`signatures.alert.kind.${kind}`)} />
}

function ResolvedCell({ alert: { clearedAt } }: { alert: SignatureAlert }) {
  const { t } = useTranslation()
  return clearedAt === null ? t('signatures.alert.open') : <RelativeTime at={clearedAt} />
}

const alertColumns: readonly Column<SignatureAlert>[] = [
  { header: 'alert', width: '210px', cell: (alert) => <KindCell alert={alert} /> },
  { header: 'details', cell: ({ message }) => message },
  { header: 'raised', width: '100px', cell: ({ raisedAt }) => <RelativeTime at={raisedAt} /> },
  { header: 'resolved', width: '100px', cell: (alert) => <ResolvedCell alert={alert} /> },
]

/** Signature alerts: open ones first, then resolved ones. */
export function AlertsSection() {
  const { t } = useTranslation()
  const alerts = useQuery(signatureAlertsQuery)
  return (
    <Section title={t('signatures.alert.title')}>
      <QueryState query={alerts}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('signatures.alert.none')}</p>
          ) : (
            <DataTable
              label={t('signatures.alert.title')}
              columns={alertColumns}
              rows={items}
              rowKey={({ alertId }) => alertId}
              isFaint={({ clearedAt }) => clearedAt !== null}
            />
          )
        }
      </QueryState>
    </Section>
  )
}
