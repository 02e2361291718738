import { CLOCK_OFFSET_MAX_MS, type FindingSummary } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { RowLink } from '../../table/RowLink.js'
import { Mono } from '../../ui/Mono.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { SeverityBadge } from '../../ui/SeverityBadge.js'
import { SignatureName } from '../../ui/SignatureName.js'
import { TimeCell } from '../../ui/TimeCell.js'
import { formatExact, useTimeZone } from '../../ui/time-zone.js'

function SignatureCell({ finding }: { finding: FindingSummary }) {
  const { t } = useTranslation()
  return (
    <>
      <RowLink to={paths.finding(finding.findingId)}>
        <SignatureName name={finding.signatureName} />
      </RowLink>
      <SecondLine>{t(`source.${finding.scanSource}.name`)}</SecondLine>
    </>
  )
}

function WorkloadCell({ finding }: { finding: FindingSummary }) {
  return (
    <>
      {finding.podName}
      <SecondLine>
        {finding.namespace} · {finding.containerName}
      </SecondLine>
    </>
  )
}

/** Time of the receipt, and that of the detection if it differs: the finding waited on its node, or the node's clock is wrong. */
function ReceivedCell({ finding }: { finding: FindingSummary }) {
  const { t } = useTranslation()
  const zone = useTimeZone()
  const isLate = Math.abs(Date.parse(finding.receivedAt) - Date.parse(finding.detectedAt)) > CLOCK_OFFSET_MAX_MS
  return (
    <>
      <TimeCell at={finding.receivedAt} />
      {isLate ? <SecondLine>{t('time.detectedAt', { time: formatExact(finding.detectedAt, zone) })}</SecondLine> : null}
    </>
  )
}

export const findingColumns: readonly Column<FindingSummary>[] = [
  {
    header: 'received',
    width: '156px',
    sort: { key: 'received', firstOrder: 'desc' },
    cell: (finding) => <ReceivedCell finding={finding} />,
  },
  {
    header: 'severity',
    width: '112px',
    sort: { key: 'severity', firstOrder: 'desc' },
    cell: ({ severity }) => <SeverityBadge severity={severity} />,
  },
  { header: 'signature', width: '23%', cell: (finding) => <SignatureCell finding={finding} /> },
  { header: 'path', sort: { key: 'path', firstOrder: 'asc' }, cell: ({ path }) => <Mono text={path} isClamped /> },
  { header: 'workload', width: '21%', sort: { key: 'workload', firstOrder: 'asc' }, cell: (finding) => <WorkloadCell finding={finding} /> },
  { header: 'node', width: '11%', sort: { key: 'node', firstOrder: 'asc' }, cell: ({ nodeName }) => nodeName },
]
