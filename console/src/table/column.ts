import type { ReactNode } from 'react'
import type en from '../i18n/en.json'

/** Column of a table. */
export interface Column<Row> {
  /** Key of the heading under `column` in en.json. */
  header: keyof typeof en.column
  cell: (row: Row) => ReactNode
  /** Numbers are aligned to the end of the cell. */
  isNumber?: boolean
  /** CSS width; columns without one share the remaining space. */
  width?: string
  /** How the list is sorted by this column; without it, the column is not sortable. */
  sort?: ColumnSort
}

export interface ColumnSort {
  /** Name of the sort key in the API. */
  key: string
  /** Order after the first click. */
  firstOrder: 'asc' | 'desc'
}
