import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingAddress } from '../../api/queries/finding-address.js'
import { findingList } from '../../api/queries/findings.js'
import { DataTable } from '../../table/DataTable.js'
import { OlderButton } from '../../table/OlderButton.js'
import { QueryState } from '../../table/QueryState.js'
import { findingColumns } from './finding-columns.js'
import { LiveBar } from './LiveBar.js'
import { merge } from './live-rows.js'
import { NoFindings } from './NoFindings.js'
import { useLiveFindings } from './use-live-findings.js'

/** The list and what arrives above it. Needs a new `key` when the filters change. */
export function LiveFindingTable({ filters }: { filters: FindingAddress }) {
  const { t } = useTranslation()
  // The stream tells when to read again; a list that moves because a window came to the front would be in the way of a pause.
  const query = useInfiniteQuery({ ...findingList(filters), refetchOnWindowFocus: false })
  const live = useLiveFindings(filters)
  const newIds = useMemo(() => new Set(live.rows.map(({ findingId }) => findingId)), [live.rows])
  return (
    <>
      <LiveBar live={live} isClosedSpan={filters.until !== undefined} />
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
              <OlderButton query={query} shownCount={rows.length} />
            </>
          )
        }}
      </QueryState>
    </>
  )
}
