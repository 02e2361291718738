import { useLayoutEffect, useState } from 'react'

/**
 * Returns whether a table is wider than its frame. Only then the frame scrolls horizontally, because the heading of a table in a frame that
 * scrolls does not stay at the top of the window.
 */
export function useIsOverflowing(table: HTMLTableElement | null): boolean {
  const [isOverflowing, setOverflowing] = useState(false)
  useLayoutEffect(() => {
    const frame = table?.parentElement
    if (!table || !frame) return
    const check = () => setOverflowing(table.offsetWidth > frame.clientWidth)
    const observer = new ResizeObserver(check)
    observer.observe(table)
    observer.observe(frame)
    return () => observer.disconnect()
  }, [table])
  return isOverflowing
}
