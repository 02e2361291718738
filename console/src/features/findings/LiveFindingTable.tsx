import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingAddress } from '../../api/queries/finding-address.js'
import { findingList } from '../../api/queries/findings.js'
import { DataTable } from '../../table/DataTable.js'
import { LoadMoreButton } from '../../table/LoadMoreButton.js'
import { QueryState } from '../../table/QueryState.js'
import { findingColumns } from './finding-columns.js'
import { LiveBar } from './LiveBar.js'
import { merge } from './live-rows.js'
import { NoFindings } from './NoFindings.js'
import { useLiveFindings } from './use-live-findings.js'

/** Findings with live updates. Needs a new `key` when the filters change. */
export function LiveFindingTable({ filters }: { filters: FindingAddress }) {
  const { t } = useTranslation()
  // The stream triggers refetches. A refetch on window focus would also move the rows while live updates are paused.
  const query = useInfiniteQuery({ ...findingList(filters), refetchOnWindowFocus: false })
  const live = useLiveFindings(filters)
  const newIds = useMemo(() => new Set(live.rows.map(({ findingId }) => findingId)), [live.rows])
  return (
    <>
      <LiveBar live={live} isClosedRange={filters.until !== undefined} />
      <QueryState query={query}>
        {(data) => {
          const listed = data.pages.flatMap((page) => page.items)
          const rows = merge(live.rows, listed, live.rows.length + listed.length)
          if (rows.length === 0) return <NoFindings isFiltered={Object.keys(filters).length > 0} />
          return (
            <>
              <DataTable
                label={t('findings.title')}
                columns={findingColumns}
                rows={rows}
                rowKey={(finding) => finding.findingId}
                isNew={(finding) => newIds.has(finding.findingId)}
              />
              <LoadMoreButton query={query} shownCount={rows.length} />
            </>
          )
        }}
      </QueryState>
    </>
  )
}
