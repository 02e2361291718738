import { RelativeTime } from './RelativeTime.js'
import { SecondLine } from './SecondLine.js'
import classes from './text.module.css'
import { formatExact, useTimeZone } from './time-zone.js'

/** Exact time in the selected time zone, and the relative time below. */
export function TimeCell({ at }: { at: string }) {
  const zone = useTimeZone()
  return (
    <>
      <span className={classes.time}>{formatExact(at, zone)}</span>
      <SecondLine>
        <RelativeTime at={at} />
      </SecondLine>
    </>
  )
}
