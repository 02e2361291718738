import { FINDING_SORTS } from '@guardimesh/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readFindingAddress } from '../../api/queries/finding-address.js'
import { useAddressFilters } from '../../table/use-address-filters.js'
import { useAddressSorting } from '../../table/use-address-sorting.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { FindingFilterBar } from './FindingFilterBar.js'
import { LiveFindingTable } from './LiveFindingTable.js'
import { OverviewStrip } from './OverviewStrip.js'

export function FindingsPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readFindingAddress)
  const sorting = useAddressSorting(FINDING_SORTS)
  // Here, because a change of the filters renders a new list.
  const [isPaused, setPaused] = useState(false)
  return (
    <PageFrame title={t('findings.title')} lead={t('findings.lead')}>
      <OverviewStrip />
      <FindingFilterBar filters={filters} onChange={change} />
      <LiveFindingTable
        key={JSON.stringify([filters, sorting.sort, sorting.order])}
        filters={filters}
        sorting={sorting}
        isPaused={isPaused}
        onPause={setPaused}
      />
    </PageFrame>
  )
}
