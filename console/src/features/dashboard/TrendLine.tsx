import { useTranslation } from 'react-i18next'
import classes from './dashboard.module.css'
import { formatPercent } from './format-percent.js'

const WIDTH = 110
const HEIGHT = 32
const MARGIN = 2

/** Percentages over time as a line; its gaps are unknown values. The scale begins at the lowest value, rounded down to 10%. */
export function TrendLine({ label, percents }: { label: string; percents: readonly (number | null)[] }) {
  const { t } = useTranslation()
  const known = percents.filter((percent) => percent !== null)
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) return <span className={classes.none}>{t('dashboard.coverage.noTrend')}</span>
  const lowest = Math.min(Math.floor(Math.min(...known) / 10) * 10, 90)
  const x = (at: number) => MARGIN + (at / Math.max(percents.length - 1, 1)) * (WIDTH - 2 * MARGIN)
  const y = (percent: number) => HEIGHT - MARGIN - ((percent - lowest) / (100 - lowest)) * (HEIGHT - 2 * MARGIN)
  const segments = percents.map((percent, at) => {
    if (percent === null) return ''
    return `${(percents[at - 1] ?? null) === null ? 'M' : 'L'}${x(at).toFixed(1)} ${y(percent).toFixed(1)}h0.1`
  })
  return (
    <svg
      role="img"
      aria-label={t('dashboard.coverage.trend', { label, first: formatPercent(first, 100), last: formatPercent(last, 100) })}
      className={classes.trend}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
    >
      <path d={segments.join('')} />
    </svg>
  )
}
