import type { ResultGapView } from '@guardimesh/contracts'
import { IconCircleCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { resultGapList } from '../../api/queries/inventory.js'
import { NamedFilterBar } from '../../table/NamedFilterBar.js'
import { PagedTable } from '../../table/PagedTable.js'
import { readNamed, useAddressFilters } from '../../table/use-address-filters.js'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { lostResultColumns } from './lost-result-columns.js'

const NAMES = ['node', 'cluster'] as const
const readFilters = readNamed(NAMES)

/** Results that nodes dropped because their spool was full. */
export function LostResultsPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readFilters)
  const gaps = useInfiniteQuery(resultGapList(filters))
  return (
    <PageFrame title={t('lostResults.title')} lead={t('lostResults.lead')}>
      <NamedFilterBar names={NAMES} pillNames={NAMES} filters={filters} onChange={change} />
      <PagedTable
        label={t('lostResults.title')}
        columns={lostResultColumns}
        rowKey={(gap: ResultGapView) => `${gap.clusterId}/${gap.gapId}`}
        query={gaps}
        empty={
          <Notice role="status" icon={<IconCircleCheck size={28} aria-hidden />} title={t('lostResults.empty.title')}>
            <p>{t('lostResults.empty.text')}</p>
          </Notice>
        }
      />
    </PageFrame>
  )
}
