import { Switch } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { scanList } from '../../api/queries/scans.js'
import { NamedFilterBar } from '../../table/NamedFilterBar.js'
import { PagedTable } from '../../table/PagedTable.js'
import { TimeRangeField } from '../../table/TimeRangeField.js'
import { readNamed, useAddressFilters } from '../../table/use-address-filters.js'
import { useFilterText } from '../../table/use-filter-text.js'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { scanColumns } from './scan-columns.js'

const readScanFilters = readNamed(['namespace', 'cluster', 'infected', 'last', 'since', 'until'])

export function ScansPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readScanFilters)
  const textOf = useFilterText()
  const scans = useInfiniteQuery(scanList(filters))
  return (
    <PageFrame title={t('scans.title')} lead={t('scans.lead')}>
      <NamedFilterBar
        names={['namespace']}
        pillNames={['namespace', 'cluster', 'last', 'since', 'until']}
        filters={filters}
        onChange={change}
        textOf={textOf}
      >
        <TimeRangeField range={filters} onChange={change} />
        <Switch
          size="xs"
          label={t('scans.onlyInfected')}
          checked={filters.infected === 'true'}
          onChange={(event) => change({ infected: event.currentTarget.checked ? 'true' : undefined })}
        />
      </NamedFilterBar>
      <PagedTable
        label={t('scans.title')}
        columns={scanColumns}
        rowKey={(scan) => scan.resultId}
        query={scans}
        empty={
          <Notice role="status" icon={<IconListSearch size={28} aria-hidden />} title={t('scans.empty.title')}>
            <p>{t('scans.empty.text')}</p>
          </Notice>
        }
      />
    </PageFrame>
  )
}
