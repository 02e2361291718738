import type { ReactNode } from 'react'
import classes from './text.module.css'

/** The quieter second line of a cell. */
export function Second({ children }: { children: ReactNode }) {
  return <span className={classes.second}>{children}</span>
}
