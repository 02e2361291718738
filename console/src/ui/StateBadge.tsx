import { IconAlertTriangleFilled, IconCircleCheckFilled, IconCircleMinus, IconProgress } from '@tabler/icons-react'
import classes from './badge.module.css'

const TONES = {
  good: { icon: IconCircleCheckFilled, className: classes.good },
  bad: { icon: IconAlertTriangleFilled, className: classes.high },
  warn: { icon: IconAlertTriangleFilled, className: classes.medium },
  busy: { icon: IconProgress, className: classes.low },
  quiet: { icon: IconCircleMinus, className: classes.info },
} as const

/** Short state label with an icon. */
export function StateBadge({ tone, text }: { tone: keyof typeof TONES; text: string }) {
  const { icon: Icon, className } = TONES[tone]
  return (
    <span className={`${classes.badge} ${className}`}>
      <Icon size={13} aria-hidden />
      {text}
    </span>
  )
}
