import { Button, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../ui/format-number.js'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './findings.module.css'
import type { LiveRows } from './live-rows.js'

interface LiveBarProps {
  live: LiveRows & { connection: 'live' | 'connecting' }
  /** Shows the findings that are held back. */
  onShow: () => void
  isPaused: boolean
  onPause: (isPaused: boolean) => void
  /** True if the time range ends in the past: there are no live updates. */
  isClosedRange: boolean
}

/** State of the live updates, number of new findings, and the pause switch. */
export function LiveBar({ live, onShow, isPaused, onPause, isClosedRange }: LiveBarProps) {
  const { t } = useTranslation()
  if (isClosedRange) return null
  return (
    <div className={classes.liveBar}>
      <ConnectionBadge connection={live.connection} isPaused={isPaused} />
      <p role="status" className={classes.liveText}>
        <ArrivalText live={live} />
      </p>
      {live.waitingCount > 0 ? (
        <Button size="compact-xs" onClick={onShow}>
          {t('findings.live.show')}
        </Button>
      ) : null}
      <Switch size="xs" label={t('findings.live.pause')} checked={isPaused} onChange={(event) => onPause(event.currentTarget.checked)} />
    </div>
  )
}

function ConnectionBadge({ connection, isPaused }: { connection: 'live' | 'connecting'; isPaused: boolean }) {
  const { t } = useTranslation()
  if (isPaused) return <StateBadge tone="quiet" text={t('findings.live.paused')} />
  if (connection === 'live') return <StateBadge tone="good" text={t('findings.live.on')} />
  return <StateBadge tone="quiet" text={t('findings.live.connecting')} />
}

/** Text of a polite live region: one message, regardless of how many findings arrived. */
function ArrivalText({ live }: Pick<LiveBarProps, 'live'>) {
  const { t } = useTranslation()
  if (live.waitingCount > 0) return t('findings.live.waiting', { count: live.waitingCount, shown: formatCount(live.waitingCount) })
  if (live.arrivedCount === 0) return null
  const newest = live.rows[0]
  // The list was read again and contains them.
  if (!newest) return t('findings.live.waiting', { count: live.arrivedCount, shown: formatCount(live.arrivedCount) })
  return t('findings.live.arrived', {
    count: live.arrivedCount,
    shown: formatCount(live.arrivedCount),
    severity: t(`severity.${newest.severity}`),
    signature: newest.signatureName,
    pod: newest.podName,
  })
}
