import { Switch } from '@mantine/core'
import { IconBoxOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { podList } from '../../api/queries/inventory.js'
import { NamedFilterBar } from '../../table/NamedFilterBar.js'
import { PagedTable } from '../../table/PagedTable.js'
import { readNamed, useAddressFilters } from '../../table/use-address-filters.js'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { PodTotals } from './PodTotals.js'
import { notMonitoredColumns, podColumns } from './pod-columns.js'

const readPodFilters = readNamed(['search', 'namespace', 'node', 'cluster', 'gone', 'watched'])

export function PodsPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readPodFilters)
  const pods = useInfiniteQuery(podList(filters))
  return (
    <PageFrame title={t('pods.title')} lead={t('pods.lead')}>
      <NamedFilterBar
        names={['search', 'namespace', 'node']}
        pillNames={['search', 'namespace', 'node', 'cluster']}
        filters={filters}
        onChange={change}
      >
        <Switch
          size="xs"
          label={t('pods.onlyNotMonitored')}
          checked={filters.watched === 'false'}
          onChange={(event) => change({ watched: event.currentTarget.checked ? 'false' : undefined })}
        />
        <Switch
          size="xs"
          label={t('pods.includeDeleted')}
          checked={filters.gone === 'true'}
          onChange={(event) => change({ gone: event.currentTarget.checked ? 'true' : undefined })}
        />
      </NamedFilterBar>
      <PodTotals totals={pods.data?.pages[0]?.totals ?? null} />
      <PagedTable
        label={t('pods.title')}
        columns={filters.watched === 'false' ? notMonitoredColumns : podColumns}
        rowKey={(pod) => `${pod.clusterId}/${pod.podUid}`}
        isFaint={(pod) => pod.goneAt !== null}
        query={pods}
        empty={
          <Notice role="status" icon={<IconBoxOff size={28} aria-hidden />} title={t('pods.empty.title')}>
            <p>{t('pods.empty.text')}</p>
          </Notice>
        }
      />
    </PageFrame>
  )
}
