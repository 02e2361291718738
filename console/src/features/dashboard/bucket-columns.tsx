import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { formatExact, useTimeZone } from '../../ui/time-zone.js'
import { type Bucket, STACK_ORDER, totalOf } from './bucket-range.js'
import { NumberLink } from './NumberLink.js'

function StartCell({ since }: Bucket) {
  const zone = useTimeZone()
  return formatExact(since, zone).slice(0, 16)
}

/** The bars of the chart as text. */
export const bucketColumns: readonly Column<Bucket>[] = [
  { header: 'from', cell: (bucket) => <StartCell {...bucket} /> },
  ...STACK_ORDER.map(
    (severity): Column<Bucket> => ({
      header: severity,
      isNumber: true,
      cell: ({ bySeverity, since, until }) => <NumberLink count={bySeverity[severity]} to={paths.findings({ severity, since, until })} />,
    }),
  ),
  {
    header: 'total',
    isNumber: true,
    cell: (bucket) => <NumberLink count={totalOf(bucket)} to={paths.findings({ since: bucket.since, until: bucket.until })} />,
  },
]
