import type { SignatureAlertKind } from '@guardimesh/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { signatureAlertsQuery } from '../../../api/queries/signatures.js'
import { QueryState } from '../../../table/QueryState.js'
import { Callout } from '../../../ui/Callout.js'
import { formatUtc } from '../../../ui/format-time.js'

/** Alerts that other parts of this page already show. */
const SHOWN_ELSEWHERE: ReadonlySet<SignatureAlertKind> = new Set(['roll-out-held', 'import-refused'])
const SEVERE: ReadonlySet<SignatureAlertKind> = new Set(['stale-critical', 'node-refused'])

/** Open signature alerts. */
export function OpenAlerts() {
  const { t } = useTranslation()
  const alerts = useQuery(signatureAlertsQuery)
  return (
    <QueryState query={alerts} skeleton={<span />}>
      {({ items }) =>
        items
          .filter(({ clearedAt, kind }) => clearedAt === null && !SHOWN_ELSEWHERE.has(kind))
          .map(({ alertId, kind, message, raisedAt }) => (
            <Callout key={alertId} role="status" tone={SEVERE.has(kind) ? 'bad' : 'warn'} title={t(`signatures.alert.kind.${kind}`)}>
              <p>{message}</p>
              <p>{t('signatures.alert.since', { at: formatUtc(raisedAt) })}</p>
            </Callout>
          ))
      }
    </QueryState>
  )
}
