import type { FindingSummary } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { RowLink } from '../../table/RowLink.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { SeverityBadge } from '../../ui/SeverityBadge.js'
import { SignatureName } from '../../ui/SignatureName.js'

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

export const findingColumns: readonly Column<FindingSummary>[] = [
  { header: 'severity', width: '104px', cell: ({ severity }) => <SeverityBadge severity={severity} /> },
  { header: 'signature', width: '25%', cell: (finding) => <SignatureCell finding={finding} /> },
  { header: 'path', cell: ({ path }) => <Mono text={path} isClamped /> },
  { header: 'workload', width: '22%', cell: (finding) => <WorkloadCell finding={finding} /> },
  { header: 'node', width: '9%', cell: ({ nodeName }) => nodeName },
  { header: 'detected', width: '96px', cell: ({ detectedAt }) => <RelativeTime at={detectedAt} /> },
]
