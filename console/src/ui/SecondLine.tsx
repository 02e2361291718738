import type { ReactNode } from 'react'
import classes from './text.module.css'

/** Secondary line of a table cell. */
export function SecondLine({ children }: { children: ReactNode }) {
  return <span className={classes.second}>{children}</span>
}
