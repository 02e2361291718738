import type { ReactNode } from 'react'
import classes from './notice.module.css'

interface NoticeProps {
  icon: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
  /** Screen readers announce an `alert` immediately, a `status` when idle. */
  role?: 'alert' | 'status'
}

/** Shown instead of data: empty, forbidden or failed. */
export function Notice({ icon, title, children, actions, role }: NoticeProps) {
  return (
    <div className={classes.notice} role={role}>
      <div className={classes.icon}>{icon}</div>
      <p className={classes.title}>{title}</p>
      <div className={classes.text}>{children}</div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </div>
  )
}
