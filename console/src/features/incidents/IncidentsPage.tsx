import { useTranslation } from 'react-i18next'
import { INCIDENT_FILTER_NAMES, incidentApiQuery } from '../../api/queries/incident-address.js'
import { ExportMenu } from '../../table/ExportMenu.js'
import { readNamed, useAddressFilters } from '../../table/use-address-filters.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { IncidentFilterBar } from './IncidentFilterBar.js'
import { IncidentList } from './IncidentList.js'

const readFilters = readNamed(INCIDENT_FILTER_NAMES)

export function IncidentsPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readFilters)
  return (
    <PageFrame
      title={t('incidents.title')}
      lead={t('incidents.lead')}
      actions={<ExportMenu list="incidents" queryOf={() => incidentApiQuery(filters)} />}
    >
      <IncidentFilterBar filters={filters} onChange={change} />
      <IncidentList key={JSON.stringify(filters)} address={filters} />
    </PageFrame>
  )
}
