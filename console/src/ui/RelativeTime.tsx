import { useTranslation } from 'react-i18next'
import { formatDay, formatLocal, formatRelative, formatUtc, isShownAsDate } from './format-time.js'
import classes from './text.module.css'
import { useNow } from './use-now.js'

/** "3m ago", or the date of an old time, with the exact time in UTC and local time as tooltip. */
export function RelativeTime({ at }: { at: string }) {
  const { t } = useTranslation()
  const nowMs = useNow()
  const atMs = Date.parse(at)
  return (
    <time className={classes.time} dateTime={at} title={t('time.exact', { utc: formatUtc(at), local: formatLocal(at) })}>
      {isShownAsDate(atMs, nowMs) ? formatDay(at) : (formatRelative(atMs, nowMs) ?? t('time.now'))}
    </time>
  )
}
