import type { ResultGapView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { formatCount } from '../../ui/format-number.js'
import { formatUtc } from '../../ui/format-time.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'

export const lostResultColumns: readonly Column<ResultGapView>[] = [
  {
    header: 'node',
    cell: ({ nodeName, clusterId }) => (
      <>
        <Link to={paths.nodes({ search: nodeName })}>{nodeName}</Link>
        <SecondLine>{clusterId}</SecondLine>
      </>
    ),
  },
  { header: 'from', cell: ({ fromAt }) => formatUtc(fromAt) },
  { header: 'to', cell: ({ toAt }) => formatUtc(toAt) },
  { header: 'lostResults', isNumber: true, cell: ({ findingResults, cleanResults }) => formatCount(findingResults + cleanResults) },
  { header: 'lostFindings', isNumber: true, cell: ({ findings }) => formatCount(findings) },
  { header: 'sightings', isNumber: true, cell: ({ sightings }) => formatCount(sightings) },
  { header: 'reason', cell: ({ reason }) => <Reason reason={reason} /> },
  { header: 'reported', cell: ({ receivedAt }) => <RelativeTime at={receivedAt} /> },
]

/** Known reasons are translated; a newer scanner may report others. */
function Reason({ reason }: { reason: string }) {
  const { t } = useTranslation()
  return reason === 'spool_full' ? t('lostResults.spoolFull') : reason
}
