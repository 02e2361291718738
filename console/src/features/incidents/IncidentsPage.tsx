import { useTranslation } from 'react-i18next'
import { INCIDENT_FILTER_NAMES, incidentApiQuery } from '../../api/queries/incident-address.js'
import { ExportMenu } from '../../table/ExportMenu.js'
import { readNamed, useAddressFilters } from '../../table/use-address-filters.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { ColumnsMenu } from '../../views/ColumnsMenu.js'
import { useListViews } from '../../views/use-list-views.js'
import { ViewsMenu } from '../../views/ViewsMenu.js'
import { IncidentFilterBar } from './IncidentFilterBar.js'
import { IncidentList } from './IncidentList.js'
import { buildIncidentColumns } from './incident-columns.js'

/** For the choice of columns; the cells are built by the list. */
const INCIDENT_COLUMNS = buildIncidentColumns({ isSelected: () => false, onToggle: () => undefined, disabledReason: undefined })
const readFilters = readNamed(INCIDENT_FILTER_NAMES)

export function IncidentsPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readFilters)
  const views = useListViews('incidents')
  return (
    <PageFrame
      title={t('incidents.title')}
      lead={t('incidents.lead')}
      actions={
        <>
          <ViewsMenu state={views} />
          <ColumnsMenu state={views} columns={INCIDENT_COLUMNS} />
          <ExportMenu list="incidents" queryOf={() => incidentApiQuery(filters)} />
        </>
      }
    >
      <IncidentFilterBar filters={filters} onChange={change} />
      <IncidentList key={JSON.stringify(filters)} address={filters} display={views.display} />
    </PageFrame>
  )
}
