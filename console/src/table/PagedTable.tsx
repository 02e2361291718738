import type { ReactNode } from 'react'
import { type Column, DataTable } from './DataTable.js'
import { LoadMoreButton } from './LoadMoreButton.js'
import { QueryState } from './QueryState.js'

interface PagedTableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  isFaint?: (row: Row) => boolean
  query: {
    data: { pages: readonly { items: readonly Row[] }[] } | undefined
    error: Error | null
    isFetching: boolean
    refetch: () => Promise<unknown>
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => Promise<unknown>
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
