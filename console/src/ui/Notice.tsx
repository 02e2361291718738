import type { ReactNode } from 'react'
import classes from './notice.module.css'

interface NoticeProps {
  icon: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
  /** `alert` is read out at once; `status` politely. */
  role?: 'alert' | 'status'
}

/** What a screen shows instead of data: nothing there, no permission, a failure. */
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
