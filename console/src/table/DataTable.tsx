import type { Density } from '@guardimesh/contracts'
import { type CSSProperties, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ColumnHeader, type Sorting } from './ColumnHeader.js'
import type { Column } from './column.js'
import { TableRow } from './TableRow.js'
import classes from './table.module.css'
import { useIsOverflowing } from './use-is-overflowing.js'
import { useRowFocus } from './use-row-focus.js'
import { VirtualRows } from './VirtualRows.js'

export type { Column } from './column.js'

interface DataTableProps<Row> {
  /** Accessible name. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  isNew?: (row: Row) => boolean
  isFaint?: (row: Row) => boolean
  sorting?: Sorting
  /** Default: comfortable. */
  density?: Density
  /** Width below which the table scrolls horizontally; fixes the widths of the columns. Without it, they depend on the content. */
  minWidthPx?: number
  /** Number of rows including those that are not loaded; undefined if it is unknown. */
  rowCount?: number | undefined
  /** Called while the last loaded rows are near the visible ones. */
  onEndNear?: () => void
}

/** With more rows, only those near the visible ones are in the document. */
const ALL_ROWS_MAX = 60

/**
 * If a cell contains a RowLink, arrow keys move between rows, and the row that was opened has the focus when the user returns.
 * On narrow screens each row is shown as a card.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, isNew, isFaint, sorting, density, minWidthPx, rowCount, onEndNear } = props
  const { t } = useTranslation()
  const [table, setTable] = useState<HTMLTableElement | null>(null)
  const isOverflowing = useIsOverflowing(table)
  const focus = useRowFocus(table, rows, rowKey)
  const isVirtual = rows.length > ALL_ROWS_MAX
  const rowProps = (row: Row) => ({ row, columns, rowKey: rowKey(row), isNew: isNew?.(row) ?? false, isFaint: isFaint?.(row) ?? false })
  return (
    // The frame gets a tab index when it scrolls, because an area that scrolls must be operable with the keyboard.
    <div className={classes.frame} data-scroll={isOverflowing || undefined} tabIndex={isOverflowing ? 0 : undefined}>
      <table
        ref={setTable}
        className={classes.table}
        data-density={density}
        data-fixed={minWidthPx !== undefined || undefined}
        style={{ '--gm-table-min': `${minWidthPx ?? 0}px` } as CSSProperties}
        aria-label={label}
        aria-rowcount={isVirtual ? (rowCount === undefined ? -1 : rowCount + 1) : undefined}
        {...focus.handlers}
      >
        <thead>
          <tr aria-rowindex={isVirtual ? 1 : undefined}>
            {columns.map((column) => (
              <ColumnHeader key={column.header} column={column} text={t(`column.${column.header}`)} sorting={sorting} />
            ))}
          </tr>
        </thead>
        {isVirtual && table ? (
          <VirtualRows table={table} rows={rows} rowProps={rowProps} keptIndex={focus.index} onEndNear={onEndNear} />
        ) : (
          <tbody>
            {rows.slice(0, ALL_ROWS_MAX).map((row) => (
              <TableRow key={rowKey(row)} {...rowProps(row)} />
            ))}
          </tbody>
        )}
      </table>
    </div>
  )
}
