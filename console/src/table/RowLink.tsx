import type { ReactNode } from 'react'
import { Link } from 'react-router'
import classes from './table.module.css'

/** Selector of the link of a row. */
export const ROW_LINK = '[data-row-link]'

/** Link of a row, in one of its cells. The text of the other cells can be selected. */
export function RowLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className={classes.rowLink} data-row-link="">
      {children}
    </Link>
  )
}
