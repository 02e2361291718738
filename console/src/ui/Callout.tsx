import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './callout.module.css'

const TONES = { bad: IconAlertTriangle, warn: IconAlertTriangle, calm: IconInfoCircle } as const

interface CalloutProps {
  tone: keyof typeof TONES
  /** Screen readers announce an `alert` immediately, a `status` when idle. */
  role: 'alert' | 'status'
  title?: string
  children: ReactNode
}

/** Highlighted message within a page or form. */
export function Callout({ tone, role, title, children }: CalloutProps) {
  const Icon = TONES[tone]
  return (
    <div role={role} className={classes.callout} data-tone={tone}>
      <Icon size={18} aria-hidden />
      <div className={classes.words}>
        {title ? <p className={classes.title}>{title}</p> : null}
        {children}
      </div>
    </div>
  )
}
