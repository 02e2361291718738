import type { ReactNode } from 'react'
import { Link } from 'react-router'
import classes from './table.module.css'

/** The link of a row. Its area is stretched over the whole row, so a click anywhere follows it as a real link. */
export function RowLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className={classes.rowLink} data-row-link="">
      {children}
    </Link>
  )
}
