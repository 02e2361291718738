import { Switch } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { scanApiQuery, scanList } from '../../api/queries/scans.js'
import { lastToSince } from '../../api/queries/time-range.js'
import { ExportMenu } from '../../table/ExportMenu.js'
import { NamedFilterBar } from '../../table/NamedFilterBar.js'
import { PagedTable } from '../../table/PagedTable.js'
import { TimeRangeField } from '../../table/TimeRangeField.js'
import { readNamed, useAddressFilters } from '../../table/use-address-filters.js'
import { useAddressSorting } from '../../table/use-address-sorting.js'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { TimeZoneSwitch } from '../../ui/TimeZoneSwitch.js'
import { ColumnsMenu } from '../../views/ColumnsMenu.js'
import { useListViews, visibleColumns } from '../../views/use-list-views.js'
import { ViewsMenu } from '../../views/ViewsMenu.js'
import { scanColumns } from './scan-columns.js'

const readScanFilters = readNamed(['namespace', 'cluster', 'infected', 'last', 'since', 'until'])
const SCAN_SORTS = ['received'] as const
/** Narrower tables scroll horizontally. */
const MIN_WIDTH_PX = 960

export function ScansPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readScanFilters)
  const sorting = useAddressSorting(SCAN_SORTS)
  const views = useListViews('scans')
  const scans = useInfiniteQuery(scanList(filters, sorting.order))
  return (
    <PageFrame
      title={t('scans.title')}
      lead={t('scans.lead')}
      actions={
        <>
          <ViewsMenu state={views} />
          <ColumnsMenu state={views} columns={scanColumns} />
          <ExportMenu list="scans" queryOf={() => scanApiQuery(filters, sorting.order, lastToSince(filters.last))} />
        </>
      }
    >
      <NamedFilterBar
        names={['namespace']}
        pillNames={['namespace', 'cluster', 'last', 'since', 'until']}
        filters={filters}
        onChange={change}
      >
        <TimeRangeField range={filters} onChange={change} />
        <TimeZoneSwitch />
        <Switch
          size="xs"
          label={t('scans.onlyInfected')}
          checked={filters.infected === 'true'}
          onChange={(event) => change({ infected: event.currentTarget.checked ? 'true' : undefined })}
        />
      </NamedFilterBar>
      <PagedTable
        label={t('scans.title')}
        columns={visibleColumns(scanColumns, views.display)}
        density={views.display.density}
        rowKey={(scan) => scan.resultId}
        query={scans}
        sorting={sorting}
        minWidthPx={MIN_WIDTH_PX}
        empty={
          <Notice role="status" icon={<IconListSearch size={28} aria-hidden />} title={t('scans.empty.title')}>
            <p>{t('scans.empty.text')}</p>
          </Notice>
        }
      />
    </PageFrame>
  )
}
