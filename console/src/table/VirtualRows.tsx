import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { Fragment, useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { TableRow, type TableRowProps } from './TableRow.js'
import classes from './table.module.css'

interface VirtualRowsProps<Row> {
  table: HTMLTableElement
  rows: readonly Row[]
  rowProps: (row: Row) => Omit<TableRowProps<Row>, 'index' | 'measure'>
  /** Row that stays in the document, because it has the focus; -1 for none. */
  keptIndex: number
  onEndNear: (() => void) | undefined
}

/** Height of a row with two lines; rows are measured when they are rendered. */
const ROW_HEIGHT_PX = 53
/** Rows before and after the visible ones. */
const OVERSCAN = 10
/** Further rows are requested when fewer than this number are left. */
const ROWS_AHEAD = 80

/** Body of a long table. Only the rows near the visible part of the page are in the document. */
export function VirtualRows<Row>({ table, rows, rowProps, keptIndex, onEndNear }: VirtualRowsProps<Row>) {
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: OVERSCAN,
    scrollMargin: useTopOf(table),
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    initialOffset: () => window.scrollY,
    getItemKey: (index) => rowProps(rows[index] as Row).rowKey,
    rangeExtractor: useCallback((range) => withIndex(defaultRangeExtractor(range), keptIndex, range.count), [keptIndex]),
    useFlushSync: false,
  })
  const items = virtualizer.getVirtualItems()
  const isEndNear = (virtualizer.range?.endIndex ?? 0) >= rows.length - ROWS_AHEAD
  useEffect(() => {
    if (isEndNear) onEndNear?.()
  })
  const { scrollMargin } = virtualizer.options
  const ends = items.map(({ end }) => end)
  return (
    <tbody>
      {items.map(({ key, index, start }, at) => (
        <Fragment key={key}>
          <Gap heightPx={start - (ends[at - 1] ?? scrollMargin)} />
          <TableRow {...rowProps(rows[index] as Row)} index={index} measure={virtualizer.measureElement} />
        </Fragment>
      ))}
      <Gap heightPx={scrollMargin + virtualizer.getTotalSize() - (ends.at(-1) ?? scrollMargin)} />
    </tbody>
  )
}

/** Space of the rows that are not in the document. */
function Gap({ heightPx }: { heightPx: number }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without a tabindex does not get the focus
  return heightPx > 0 ? <tr aria-hidden="true" className={classes.gap} style={{ height: heightPx }} /> : null
}

function withIndex(indexes: number[], kept: number, count: number): number[] {
  if (kept < 0 || kept >= count || indexes.includes(kept)) return indexes
  return [...indexes, kept].sort((a, b) => a - b)
}

/** Distance of the rows of a table from the top of the page, which changes with the content above. */
function useTopOf(table: HTMLTableElement): number {
  const [topPx, setTopPx] = useState(0)
  const measure = useCallback(() => {
    const body = table.tBodies[0] ?? table
    setTopPx(Math.round(body.getBoundingClientRect().top + window.scrollY))
  }, [table])
  useLayoutEffect(measure)
  useEffect(() => {
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [measure])
  return topPx
}
