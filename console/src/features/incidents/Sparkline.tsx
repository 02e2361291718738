import { useTranslation } from 'react-i18next'
import { formatCount } from '../../ui/format-number.js'
import classes from './incidents.module.css'

const BAR_PX = 3
const HEIGHT_PX = 22
/** Height of hours with few findings, so that they are visible next to a burst. */
const BAR_MIN_PX = 2

/** Findings per hour as bars; the last bar is the current hour. */
export function Sparkline({ hours, scale = 1 }: { hours: readonly number[]; scale?: number }) {
  const { t } = useTranslation()
  const total = hours.reduce((sum, count) => sum + count, 0)
  const max = Math.max(...hours, 1)
  const widthPx = hours.length * BAR_PX
  return (
    <svg
      role="img"
      aria-label={t('incidents.sparkline', { count: total, shown: formatCount(total) })}
      className={classes.sparkline}
      width={widthPx * scale}
      height={HEIGHT_PX * scale}
      viewBox={`0 0 ${widthPx} ${HEIGHT_PX}`}
      preserveAspectRatio="none"
    >
      <path d={`M0 ${HEIGHT_PX - 0.5}H${widthPx}`} className={classes.baseline} />
      {hours.map((count, hour) => {
        const heightPx = count === 0 ? 0 : Math.max(BAR_MIN_PX, (count / max) * HEIGHT_PX)
        // The position identifies an hour.
        // biome-ignore lint/suspicious/noArrayIndexKey: hours have a fixed order
        return <rect key={hour} x={hour * BAR_PX + 0.5} y={HEIGHT_PX - heightPx} width={BAR_PX - 1} height={heightPx} />
      })}
    </svg>
  )
}
