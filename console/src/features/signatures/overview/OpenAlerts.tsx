import type { SignatureAlertKind } from '@guardimesh/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { signatureAlertsQuery } from '../../../api/queries/signatures.js'
import { QueryState } from '../../../table/QueryState.js'
import { Callout } from '../../../ui/Callout.js'
import { formatUtc } from '../../../ui/format-time.js'

/** These stand on this screen already, with what can be done about them. */
const SHOWN_ELSEWHERE: ReadonlySet<SignatureAlertKind> = new Set(['roll-out-held', 'import-refused'])
const GRAVE: ReadonlySet<SignatureAlertKind> = new Set(['stale-critical', 'node-refused'])

/** What people should hear about signatures, as long as it is so. */
export function OpenAlerts() {
  const { t } = useTranslation()
  const alerts = useQuery(signatureAlertsQuery)
  return (
    <QueryState query={alerts} skeleton={<span />}>
      {({ items }) =>
        items
          .filter(({ clearedAt, kind }) => clearedAt === null && !SHOWN_ELSEWHERE.has(kind))
          .map(({ alertId, kind, message, raisedAt }) => (
            <Callout key={alertId} role="status" tone={GRAVE.has(kind) ? 'bad' : 'warn'} title={t(`signatures.alert.kind.${kind}`)}>
              <p>{message}</p>
              <p>{t('signatures.alert.since', { at: formatUtc(raisedAt) })}</p>
            </Callout>
          ))
      }
    </QueryState>
  )
}
