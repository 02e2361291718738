import { useTranslation } from 'react-i18next'
import { formatLocal, formatUtc } from './format-time.js'
import { RelativeTime } from './RelativeTime.js'
import classes from './text.module.css'

/** Absolute and relative time; null means unknown. */
export function ExactTime({ at }: { at: string | null }) {
  const { t } = useTranslation()
  if (at === null) return <span className={classes.faint}>{t('value.unknown')}</span>
  return (
    <span title={formatLocal(at)}>
      {formatUtc(at)}{' '}
      <span className={classes.faint}>
        (<RelativeTime at={at} />)
      </span>
    </span>
  )
}
