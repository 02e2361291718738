import { type FocusEvent, type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { openedRow, rememberOpenedRow } from './opened-row.js'
import { ROW_LINK } from './RowLink.js'

const ROW_MOVES: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowDown: (index, last) => Math.min(index + 1, last),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_index, last) => last,
}

/**
 * Moves the focus between the links of rows with arrow keys, Home and End, and back to the row that was opened last from this list.
 *
 * @returns `index`: position of the row that has or gets the focus, which must be in the document; -1 for none.
 */
export function useRowFocus<Row>(table: HTMLTableElement | null, rows: readonly Row[], rowKey: (row: Row) => string) {
  const { pathname } = useLocation()
  const [keptKey, setKeptKey] = useState(() => openedRow(pathname))
  // True until the row of `keptKey` has the focus: it may not be in the document yet.
  const isPending = useRef(keptKey !== undefined)
  const index = useMemo(() => (keptKey === undefined ? -1 : rows.findIndex((row) => rowKey(row) === keptKey)), [rows, rowKey, keptKey])

  useEffect(() => {
    if (!table || !isPending.current || keptKey === undefined) return
    const link = table.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(keptKey)}"] ${ROW_LINK}`)
    // A row that is listed is in the document after the next render.
    if (!link && index >= 0) return
    isPending.current = false
    rememberOpenedRow(pathname, undefined)
    link?.focus()
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const move = ROW_MOVES[event.key]
    const from = event.target instanceof Element && event.target.matches(ROW_LINK) ? indexOf(rows, rowKey, event.target) : -1
    if (!move || from < 0 || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const to = move(from, rows.length - 1)
    const target = rows[to]
    if (target === undefined || to === from) return
    isPending.current = true
    setKeptKey(rowKey(target))
  }
  const onFocus = (event: FocusEvent) => setKeptKey(keyOf(event.target))
  const onClickCapture = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest(ROW_LINK) : null
    if (link) rememberOpenedRow(pathname, keyOf(link))
  }
  return { index, handlers: { onKeyDown, onFocus, onClickCapture } }
}

const keyOf = (element: Element) => element.closest('tr')?.dataset.rowKey

function indexOf<Row>(rows: readonly Row[], rowKey: (row: Row) => string, element: Element): number {
  const key = keyOf(element)
  return rows.findIndex((row) => rowKey(row) === key)
}
