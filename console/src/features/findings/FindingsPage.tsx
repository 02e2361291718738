import { FINDING_SORTS } from '@guardimesh/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findingApiQuery, readFindingAddress } from '../../api/queries/finding-address.js'
import { lastToSince } from '../../api/queries/time-range.js'
import { ExportMenu } from '../../table/ExportMenu.js'
import { useAddressFilters } from '../../table/use-address-filters.js'
import { useAddressSorting } from '../../table/use-address-sorting.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { ColumnsMenu } from '../../views/ColumnsMenu.js'
import { useListViews } from '../../views/use-list-views.js'
import { ViewsMenu } from '../../views/ViewsMenu.js'
import { FindingFilterBar } from './FindingFilterBar.js'
import { findingColumns } from './finding-columns.js'
import { LiveFindingTable } from './LiveFindingTable.js'
import { OverviewStrip } from './OverviewStrip.js'

export function FindingsPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readFindingAddress)
  const sorting = useAddressSorting(FINDING_SORTS)
  const { sort, order } = sorting
  const views = useListViews('findings')
  // Here, because a change of the filters renders a new list.
  const [isPaused, setPaused] = useState(false)
  return (
    <PageFrame
      title={t('findings.title')}
      lead={t('findings.lead')}
      actions={
        <>
          <ViewsMenu state={views} />
          <ColumnsMenu state={views} columns={findingColumns} />
          <ExportMenu list="findings" queryOf={() => ({ ...findingApiQuery(filters, lastToSince(filters.last)), sort, order })} />
        </>
      }
    >
      <OverviewStrip />
      <FindingFilterBar filters={filters} onChange={change} />
      <LiveFindingTable
        key={JSON.stringify([filters, sort, order])}
        filters={filters}
        sorting={sorting}
        display={views.display}
        isPaused={isPaused}
        onPause={setPaused}
      />
    </PageFrame>
  )
}
