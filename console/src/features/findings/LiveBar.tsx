import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './findings.module.css'
import type { LiveRows } from './live-rows.js'

interface LiveBarProps {
  live: LiveRows & { connection: 'live' | 'connecting'; setPaused: (isPaused: boolean) => void }
  /** True if the time range ends in the past: there are no live updates. */
  isClosedRange: boolean
}

/** State of the live updates, number of new findings, and the pause switch. */
export function LiveBar({ live, isClosedRange }: LiveBarProps) {
  const { t } = useTranslation()
  if (isClosedRange) return null
  return (
    <div className={classes.liveBar}>
      <ConnectionBadge live={live} />
      <p role="status" className={classes.liveText}>
        <ArrivalText live={live} />
      </p>
      <Switch
        size="xs"
        label={t('findings.live.pause')}
        checked={live.isPaused}
        onChange={(event) => live.setPaused(event.currentTarget.checked)}
      />
    </div>
  )
}

function ConnectionBadge({ live }: Pick<LiveBarProps, 'live'>) {
  const { t } = useTranslation()
  if (live.isPaused) return <StateBadge tone="quiet" text={t('findings.live.paused')} />
  if (live.connection === 'live') return <StateBadge tone="good" text={t('findings.live.on')} />
  return <StateBadge tone="quiet" text={t('findings.live.connecting')} />
}

/** Text of a polite live region: one message, regardless of how many findings arrived. */
function ArrivalText({ live }: Pick<LiveBarProps, 'live'>) {
  const { t } = useTranslation()
  if (live.isPaused) return t('findings.live.waiting', { count: live.waiting.length })
  const newest = live.rows[0]
  if (!newest) return null
  return t('findings.live.arrived', {
    count: live.rows.length,
    severity: t(`severity.${newest.severity}`),
    signature: newest.signatureName,
    pod: newest.podName,
  })
}
