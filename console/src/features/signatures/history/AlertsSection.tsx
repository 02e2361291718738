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

function ClearedCell({ alert: { clearedAt } }: { alert: SignatureAlert }) {
  const { t } = useTranslation()
  return clearedAt === null ? t('signatures.alert.open') : <RelativeTime at={clearedAt} />
}

const columns: readonly Column<SignatureAlert>[] = [
  { header: 'alert', width: '210px', cell: (alert) => <KindCell alert={alert} /> },
  { header: 'what', cell: ({ message }) => message },
  { header: 'raised', width: '100px', cell: ({ raisedAt }) => <RelativeTime at={raisedAt} /> },
  { header: 'cleared', width: '100px', cell: (alert) => <ClearedCell alert={alert} /> },
]

/** Alerts about signatures: open ones first, then those that are over. */
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
              columns={columns}
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
