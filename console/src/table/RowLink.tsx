import type { ReactNode } from 'react'
import { Link } from 'react-router'
import classes from './table.module.css'

/** Link of a row. CSS stretches its clickable area over the whole row. */
export function RowLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className={classes.rowLink} data-row-link="">
      {children}
    </Link>
  )
}
