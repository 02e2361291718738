import type { Density } from '@guardimesh/contracts'
import type { ReactNode } from 'react'
import type { Sorting } from './ColumnHeader.js'
import { type Column, DataTable } from './DataTable.js'
import { type LoadedPage, LoadMoreButton, loadedTotal, loadNextPage, type PagedQuery } from './LoadMoreButton.js'
import { QueryState } from './QueryState.js'

interface PagedTableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  isFaint?: (row: Row) => boolean
  sorting?: Sorting
  density?: Density
  minWidthPx?: number
  query: Omit<PagedQuery, 'data'> & { data: { pages: readonly (Omit<LoadedPage, 'items'> & { items: readonly Row[] })[] } | undefined }
  empty: ReactNode
}

/** Paged list with its loading, error and empty states. Loads further pages while the user scrolls. */
export function PagedTable<Row>({ query, empty, ...table }: PagedTableProps<Row>) {
  return (
    <QueryState query={query}>
      {(data) => {
        const rows = data.pages.flatMap((page) => page.items)
        if (rows.length === 0) return empty
        return (
          <>
            <DataTable
              {...table}
              rows={rows}
              rowCount={query.hasNextPage ? loadedTotal(query.data) : rows.length}
              onEndNear={() => loadNextPage(query)}
            />
            <LoadMoreButton query={query} shownCount={rows.length} />
          </>
        )
      }}
    </QueryState>
  )
}
