import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react'
import type { Column, ColumnSort } from './column.js'
import classes from './table.module.css'

/** How a list is sorted. */
export interface Sorting {
  /** Key in the API, as in `ColumnSort`. */
  sort: string
  order: 'asc' | 'desc'
  onChange: (sort: string, order: 'asc' | 'desc') => void
}

interface ColumnHeaderProps {
  column: Pick<Column<never>, 'isNumber' | 'width' | 'sort'>
  text: string
  sorting: Sorting | undefined
}

const ARIA_SORTS = { asc: 'ascending', desc: 'descending' } as const

/** Heading of a column, with a button that sorts by it. */
export function ColumnHeader({ column: { isNumber, width, sort }, text, sorting }: ColumnHeaderProps) {
  const order = sort && sorting?.sort === sort.key ? sorting.order : undefined
  return (
    <th scope="col" data-number={isNumber} style={{ width }} aria-sort={order && ARIA_SORTS[order]}>
      {sort && sorting ? (
        <button type="button" className={classes.sort} onClick={() => sorting.onChange(sort.key, nextOrder(sort, order))}>
          {text}
          <SortIcon order={order} />
        </button>
      ) : (
        text
      )}
    </th>
  )
}

function nextOrder({ firstOrder }: ColumnSort, order: 'asc' | 'desc' | undefined): 'asc' | 'desc' {
  if (order === undefined) return firstOrder
  return order === 'asc' ? 'desc' : 'asc'
}

function SortIcon({ order }: { order: 'asc' | 'desc' | undefined }) {
  if (order === undefined) return <IconSelector size={14} className={classes.unsorted} aria-hidden />
  return order === 'asc' ? <IconArrowUp size={14} aria-hidden /> : <IconArrowDown size={14} aria-hidden />
}
