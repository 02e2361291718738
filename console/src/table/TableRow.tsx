import { useTranslation } from 'react-i18next'
import type { Column } from './column.js'
import classes from './table.module.css'

export interface TableRowProps<Row> {
  row: Row
  rowKey: string
  columns: readonly Column<Row>[]
  isNew: boolean
  isFaint: boolean
  /** Position in the list; set if not all rows are in the document. */
  index?: number
  /** Called with the element, to measure its height. */
  measure?: (row: HTMLTableRowElement | null) => void
}

/** Row of a table. */
export function TableRow<Row>({ row, rowKey, columns, isNew, isFaint, index, measure }: TableRowProps<Row>) {
  const { t } = useTranslation()
  return (
    <tr
      ref={measure}
      data-row-key={rowKey}
      data-index={index}
      // The header is row 1.
      aria-rowindex={index === undefined ? undefined : index + 2}
      data-new={isNew || undefined}
      data-faint={isFaint || undefined}
    >
      {columns.map((column) => (
        <td key={column.header} data-number={column.isNumber} data-label={t(`column.${column.header}`)}>
          <div className={classes.cell}>{column.cell(row)}</div>
        </td>
      ))}
    </tr>
  )
}
