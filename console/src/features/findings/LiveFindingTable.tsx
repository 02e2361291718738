import type { ListPreferences } from '@guardimesh/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type PointerEvent, useCallback, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingAddress } from '../../api/queries/finding-address.js'
import { findingList } from '../../api/queries/findings.js'
import type { Sorting } from '../../table/ColumnHeader.js'
import { DataTable } from '../../table/DataTable.js'
import { LoadMoreButton, loadedTotal, loadNextPage } from '../../table/LoadMoreButton.js'
import { QueryState } from '../../table/QueryState.js'
import { visibleColumns } from '../../views/use-list-views.js'
import { ExceptedNote } from './ExceptedNote.js'
import { findingColumns } from './finding-columns.js'
import classes from './findings.module.css'
import { LiveBar } from './LiveBar.js'
import { merge } from './live-rows.js'
import { NoFindings } from './NoFindings.js'
import { useLiveFindings } from './use-live-findings.js'

interface LiveFindingTableProps {
  filters: FindingAddress
  sorting: Sorting & Parameters<typeof findingList>[1]
  display: ListPreferences
  isPaused: boolean
  onPause: (isPaused: boolean) => void
}

/** Narrower tables scroll horizontally. */
const MIN_WIDTH_PX = 960
const keyOf = ({ findingId }: { findingId: string }) => findingId

/** Findings with live updates. Needs a new `key` when the filters or the order change. */
export function LiveFindingTable({ filters, sorting, display, isPaused, onPause }: LiveFindingTableProps) {
  const { t } = useTranslation()
  const { sort, order } = sorting
  const sorted = useMemo(() => ({ sort, order }), [sort, order])
  const query = useInfiniteQuery({ ...findingList(filters, sorted), refetchOnWindowFocus: false })
  const area = useRef<HTMLDivElement>(null)
  const isPointing = useRef(false)
  const isHeld = useCallback(() => isPaused || isPointing.current || (area.current?.getBoundingClientRect().top ?? 0) < 0, [isPaused])
  const live = useLiveFindings({ address: filters, order: sorted, isHeld })
  const newIds = useMemo(() => new Set(live.rows.map(keyOf)), [live.rows])
  const pages = query.data?.pages
  const rows = useMemo(() => {
    const listed = pages?.flatMap((page) => page.items) ?? []
    return merge(live.rows, listed, live.rows.length + listed.length)
  }, [pages, live.rows])
  // Movements, because the pointer may rest where the page opened below it.
  const move = (event: PointerEvent) => {
    // A touch does not rest on a row.
    isPointing.current = event.pointerType === 'mouse'
  }
  const leave = () => {
    isPointing.current = false
    live.release()
  }
  const show = () => {
    live.show()
    window.scrollTo({ top: 0 })
  }
  const pause = (isPausing: boolean) => {
    onPause(isPausing)
    if (!isPausing && live.waitingCount > 0) live.show()
  }
  return (
    <div ref={area} className={classes.list} onPointerMove={move} onPointerLeave={leave}>
      <LiveBar live={live} onShow={show} isPaused={isPaused} onPause={pause} isClosedRange={filters.until !== undefined} />
      <ExceptedNote excepted={pages?.[0]?.excepted} filters={filters} />
      <QueryState query={query}>
        {() =>
          rows.length === 0 ? (
            <NoFindings isFiltered={Object.keys(filters).length > 0} />
          ) : (
            <>
              <DataTable
                label={t('findings.title')}
                columns={visibleColumns(findingColumns, display)}
                density={display.density}
                rows={rows}
                rowKey={keyOf}
                isNew={(finding) => newIds.has(finding.findingId)}
                sorting={sorting}
                minWidthPx={MIN_WIDTH_PX}
                rowCount={query.hasNextPage ? loadedTotal(query.data) : rows.length}
                onEndNear={() => loadNextPage(query)}
              />
              <LoadMoreButton query={query} shownCount={rows.length} />
            </>
          )
        }
      </QueryState>
    </div>
  )
}
