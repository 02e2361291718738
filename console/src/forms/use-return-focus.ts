import { useEffect } from 'react'
import { PAGE_TITLE_ID } from '../ui/PageFrame.js'

/**
 * Returns the focus to the control that had it before this component was mounted. If that control no longer exists, for example
 * because its row was deleted, the page title receives the focus.
 */
export function useReturnFocus(): void {
  useEffect(() => {
    const opener = document.activeElement
    return () => {
      const target = opener instanceof HTMLElement && opener.isConnected && opener !== document.body ? opener : undefined
      const element = target ?? document.getElementById(PAGE_TITLE_ID)
      element?.focus({ preventScroll: true })
    }
  }, [])
}
