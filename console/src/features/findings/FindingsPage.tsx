import { useTranslation } from 'react-i18next'
import { readFindingAddress } from '../../api/queries/finding-address.js'
import { useAddressFilters } from '../../table/use-address-filters.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { FindingFilterBar } from './FindingFilterBar.js'
import { LiveFindingTable } from './LiveFindingTable.js'
import { OverviewStrip } from './OverviewStrip.js'

export function FindingsPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readFindingAddress)
  return (
    <PageFrame title={t('findings.title')} lead={t('findings.lead')}>
      <OverviewStrip />
      <FindingFilterBar filters={filters} onChange={change} />
      <LiveFindingTable key={JSON.stringify(filters)} filters={filters} />
    </PageFrame>
  )
}
