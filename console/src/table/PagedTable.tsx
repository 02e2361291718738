import type { ReactNode } from 'react'
import { type Column, DataTable } from './DataTable.js'
import { LoadMoreButton, type PagedQuery } from './LoadMoreButton.js'
import { QueryState } from './QueryState.js'

interface PagedTableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  isFaint?: (row: Row) => boolean
  query: PagedQuery & {
    data: { pages: readonly { items: readonly Row[] }[] } | undefined
    isFetching: boolean
  }
  empty: ReactNode
}

/** Paged list with its loading, error and empty states. */
export function PagedTable<Row>({ query, empty, ...table }: PagedTableProps<Row>) {
  return (
    <QueryState query={query}>
      {(data) => {
        const rows = data.pages.flatMap((page) => page.items)
        if (rows.length === 0) return empty
        return (
          <>
            <DataTable {...table} rows={rows} />
            <LoadMoreButton query={query} shownCount={rows.length} />
          </>
        )
      }}
    </QueryState>
  )
}
