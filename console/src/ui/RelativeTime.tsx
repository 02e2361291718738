import { useTranslation } from 'react-i18next'
import { formatLocal, formatRelative, formatUtc } from './format-time.js'
import classes from './text.module.css'
import { useNow } from './use-now.js'

/** "3m ago", with the exact time in UTC and local time as tooltip. */
export function RelativeTime({ at }: { at: string }) {
  const { t } = useTranslation()
  const nowMs = useNow()
  return (
    <time className={classes.time} dateTime={at} title={t('time.exact', { utc: formatUtc(at), local: formatLocal(at) })}>
      {formatRelative(Date.parse(at), nowMs) ?? t('time.now')}
    </time>
  )
}
