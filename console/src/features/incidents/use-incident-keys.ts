import { useEffect, useRef } from 'react'

export type KeyActions = Readonly<Partial<Record<'j' | 'k' | 'x' | 'a' | 'e' | 'c', () => void>>>

/** Calls the action of a key, unless the user types text, uses a modifier, or a dialog is open. */
export function useIncidentKeys(actions: KeyActions) {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const action = latest.current[event.key as keyof KeyActions]
      if (!action || document.querySelector('[role=dialog]')) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('textarea, select, [contenteditable], input:not([type=checkbox])')
}

/** Links of the rows of all tables on the page, in order. */
const rowLinks = () => [...document.querySelectorAll<HTMLElement>('[data-row-link]')]

/** Returns the row that contains the focus, or -1. */
export function focusedRow(): number {
  return rowLinks().findIndex((link) => link.closest('tr')?.contains(document.activeElement))
}

/** Moves the focus by a number of rows; to the first row if no row has it. */
export function moveRowFocus(step: number) {
  const links = rowLinks()
  const index = focusedRow()
  const link = links[index < 0 ? 0 : Math.min(Math.max(index + step, 0), links.length - 1)]
  link?.focus()
  link?.scrollIntoView({ block: 'nearest' })
}
