import { useTranslation } from 'react-i18next'
import { formatLocal, formatUtc, isShownAsDate } from './format-time.js'
import { RelativeTime } from './RelativeTime.js'
import classes from './text.module.css'
import { useNow } from './use-now.js'

/** Absolute time, and the relative one of a recent time; null means unknown. */
export function ExactTime({ at }: { at: string | null }) {
  const { t } = useTranslation()
  const nowMs = useNow()
  if (at === null) return <span className={classes.faint}>{t('value.unknown')}</span>
  return (
    <span title={formatLocal(at)}>
      {formatUtc(at)}
      {isShownAsDate(Date.parse(at), nowMs) ? null : (
        <span className={classes.faint}>
          {' '}
          (<RelativeTime at={at} />)
        </span>
      )}
    </span>
  )
}
