import type { SeverityName } from '@guardimesh/contracts'
import { IconAlertOctagonFilled, IconAlertTriangleFilled, IconChevronUp, IconInfoCircle, IconMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './badge.module.css'

/** Each severity has its own icon and label, so that colour is never the only indicator. */
export const SEVERITY_ICONS = {
  critical: IconAlertOctagonFilled,
  high: IconAlertTriangleFilled,
  medium: IconChevronUp,
  low: IconMinus,
  info: IconInfoCircle,
} as const satisfies Record<SeverityName, unknown>

/** @param count formatted number shown after the label. */
export function SeverityBadge({ severity, count }: { severity: SeverityName; count?: string }) {
  const { t } = useTranslation()
  const Icon = SEVERITY_ICONS[severity]
  return (
    <span className={`${classes.badge} ${classes[severity]}`}>
      <Icon size={13} aria-hidden />
      {t(`severity.${severity}`)}
      {count === undefined ? null : <b className={classes.count}>{count}</b>}
    </span>
  )
}
