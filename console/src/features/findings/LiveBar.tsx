import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './findings.module.css'
import type { LiveRows } from './live-rows.js'

interface LiveBarProps {
  live: LiveRows & { connection: 'live' | 'connecting'; setPaused: (isPaused: boolean) => void }
  /** The view ends in the past, so that nothing new can come. */
  isClosedSpan: boolean
}

/** Says whether findings appear by themselves, how many came, and holds the switch that pauses them. */
export function LiveBar({ live, isClosedSpan }: LiveBarProps) {
  const { t } = useTranslation()
  if (isClosedSpan) return null
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

/** A polite live region: read out when it changes, one sentence however many arrived. */
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
