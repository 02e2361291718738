import type { DashboardView } from '@guardimesh/contracts'
import { Skeleton } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { paths } from '../../path-builder.js'
import { DataTable } from '../../table/DataTable.js'
import { formatCount } from '../../ui/format-number.js'
import { formatExact, useTimeZone } from '../../ui/time-zone.js'
import { bucketColumns } from './bucket-columns.js'
import { type BucketRange, moveRange, rangeBetween, STACK_ORDER, summarize } from './bucket-range.js'
import classes from './dashboard.module.css'

// The chart library is not part of the first load.
const FindingsPlot = lazy(async () => ({ default: (await import('./FindingsPlot.js')).FindingsPlot }))

/** Findings over time. Drag, or the keyboard, selects a range and opens the list with exactly this range. */
export function FindingsChart({ buckets }: DashboardView['findings']) {
  const { t } = useTranslation()
  const zone = useTimeZone()
  const navigate = useNavigate()
  const [selected, setSelected] = useState<BucketRange>()
  const current = selected ?? rangeBetween(buckets.length - 1, buckets.length - 1, buckets.length)
  const addressOf = (range: BucketRange) => {
    const { since, until } = summarize(buckets, range)
    return paths.findings({ since, until })
  }
  const { since, until, findings } = summarize(buckets, current)
  const text = t('dashboard.chart.selection', {
    count: findings,
    shown: formatCount(findings),
    since: formatExact(since, zone).slice(0, 16),
    until: formatExact(until, zone).slice(0, 16),
  })
  return (
    <>
      <ul className={classes.legend} aria-label={t('dashboard.chart.legend')}>
        {STACK_ORDER.map((severity) => (
          <li key={severity}>
            <span className={classes.swatch} data-severity={severity} aria-hidden />
            {t(`severity.${severity}`)}
          </li>
        ))}
      </ul>
      <div
        role="slider"
        tabIndex={0}
        className={classes.chart}
        aria-label={t('dashboard.chart.label')}
        aria-describedby="chart-keys"
        aria-valuemin={0}
        aria-valuemax={buckets.length - 1}
        aria-valuenow={current.to}
        aria-valuetext={text}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void navigate(addressOf(current))
          const moved = moveRange(current, event.key, event.shiftKey, buckets.length)
          if (!moved) return
          event.preventDefault()
          setSelected(moved)
        }}
      >
        <Suspense fallback={<Skeleton height={220} />}>
          <FindingsPlot buckets={buckets} selected={selected} onBrush={(range) => void navigate(addressOf(range))} />
        </Suspense>
      </div>
      <p className={classes.selection}>
        {selected ? <Link to={addressOf(selected)}>{text}</Link> : null} <span id="chart-keys">{t('dashboard.chart.keys')}</span>
      </p>
      <details className={classes.data}>
        <summary>{t('dashboard.chart.table')}</summary>
        <DataTable
          label={t('dashboard.chart.table')}
          columns={bucketColumns}
          rows={buckets.toReversed()}
          rowKey={({ since: start }) => start}
        />
      </details>
    </>
  )
}
