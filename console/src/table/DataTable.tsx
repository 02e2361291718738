import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import type en from '../i18n/en.json'
import { rememberOpenedRow, takeOpenedRow } from './opened-row.js'
import { ROW_LINK } from './RowLink.js'
import classes from './table.module.css'

export interface Column<Row> {
  /** Key of the heading under `column` in en.json. */
  header: keyof typeof en.column
  cell: (row: Row) => ReactNode
  /** Numbers are aligned to the end of the cell. */
  isNumber?: boolean
  /** CSS width; columns without one share the remaining space. */
  width?: string
}

interface DataTableProps<Row> {
  /** Accessible name. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  isNew?: (row: Row) => boolean
  isFaint?: (row: Row) => boolean
}

/**
 * If a cell contains a RowLink, arrow keys move between rows, and the row that was opened has the focus when the user returns.
 * On narrow screens each row is shown as a card.
 */
export function DataTable<Row>({ label, columns, rows, rowKey, isNew, isFaint }: DataTableProps<Row>) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const table = useRef<HTMLTableElement>(null)
  useEffect(() => focusRow(table.current, takeOpenedRow(pathname)), [pathname])
  const rememberOpened = (event: MouseEvent) => {
    const rowKey = (event.target as Element).closest(ROW_LINK)?.closest('tr')?.dataset.rowKey
    if (rowKey !== undefined) rememberOpenedRow(pathname, rowKey)
  }
  return (
    <div className={classes.frame}>
      <table ref={table} className={classes.table} aria-label={label} onKeyDown={moveBetweenRows} onClickCapture={rememberOpened}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.header} scope="col" data-number={column.isNumber} style={{ width: column.width }}>
                {t(`column.${column.header}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} data-row-key={rowKey(row)} data-new={isNew?.(row) || undefined} data-faint={isFaint?.(row) || undefined}>
              {columns.map((column) => (
                <td key={column.header} data-number={column.isNumber} data-label={t(`column.${column.header}`)}>
                  <div className={classes.cell}>{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const ROW_MOVES: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowDown: (index, last) => Math.min(index + 1, last),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_index, last) => last,
}

function moveBetweenRows(event: KeyboardEvent<HTMLTableElement>) {
  const move = ROW_MOVES[event.key]
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>(ROW_LINK)]
  const index = links.findIndex((link) => link.matches(':focus'))
  if (!move || index < 0 || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  links[move(index, links.length - 1)]?.focus()
}

function focusRow(table: HTMLTableElement | null, rowKey: string | undefined) {
  if (!table || rowKey === undefined) return
  table.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(rowKey)}"] ${ROW_LINK}`)?.focus()
}
