import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { incidentDetail } from '../../api/queries/incidents.js'
import { Callout } from '../../ui/Callout.js'
import { useStatusText } from './IncidentStatusBadge.js'

/** Another change was saved since the user saw the incident: shows its current state. */
export function ConflictCallout({ incidentId }: { incidentId: number }) {
  const { t } = useTranslation()
  const statusText = useStatusText()
  const { data } = useQuery({ ...incidentDetail(String(incidentId)), staleTime: 0 })
  const state = data ? `${statusText(data)}, ${data.assignee ?? t('incidents.unassigned')}` : t('state.loading')
  return (
    <Callout role="alert" tone="warn" title={t('incidents.dialog.conflictTitle')}>
      <p>{t('incidents.dialog.conflict', { state })}</p>
    </Callout>
  )
}
