import { useEffect, useId } from 'react'

/** Ids of the open dialogs, the topmost last. */
const open: string[] = []

/** Returns a function that reports whether this dialog is the topmost one. Escape reaches all open dialogs, but must close only that one. */
export function useIsTopDialog(): () => boolean {
  const id = useId()
  useEffect(() => {
    open.push(id)
    return () => void open.splice(open.indexOf(id), 1)
  }, [id])
  return () => open.at(-1) === id
}
