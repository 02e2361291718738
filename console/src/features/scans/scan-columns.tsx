import type { ScanView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { formatBytes, formatCount } from '../../ui/format-number.js'
import { formatDuration } from '../../ui/format-time.js'
import lines from '../../ui/lines.module.css'
import { SecondLine } from '../../ui/SecondLine.js'
import { SeverityBadge } from '../../ui/SeverityBadge.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { TimeCell } from '../../ui/TimeCell.js'

/** Maximum number of findings listed per scan; the others are only counted. */
const FINDINGS_SHOWN_MAX = 3

function ResultCell({ scan }: { scan: ScanView }) {
  const { t } = useTranslation()
  if (scan.totalFindings === 0) {
    return scan.filesNotScanned === 0 ? (
      <StateBadge tone="good" text={t('scans.clean')} />
    ) : (
      <StateBadge tone="quiet" text={t('scans.cleanButIncomplete')} />
    )
  }
  const shown = scan.findings.slice(0, FINDINGS_SHOWN_MAX)
  const restCount = scan.totalFindings - shown.length
  return (
    <ul className={lines.list}>
      {shown.map((finding) => (
        <li key={finding.findingId}>
          <SeverityBadge severity={finding.severity} /> <Link to={paths.finding(finding.findingId)}>{finding.signatureName}</Link>
        </li>
      ))}
      {restCount > 0 ? (
        <li>
          <Link to={paths.findings({ pod: scan.podName, namespace: scan.namespace })}>{t('scans.moreFindings', { count: restCount })}</Link>
        </li>
      ) : null}
    </ul>
  )
}

function FilesCell({ scan }: { scan: ScanView }) {
  const { t } = useTranslation()
  return (
    <>
      {formatCount(scan.filesScanned)}
      <SecondLine>{formatBytes(scan.bytesScanned)}</SecondLine>
      {scan.filesCached > 0 ? <SecondLine>{t('scans.cached', { shown: formatCount(scan.filesCached) })}</SecondLine> : null}
    </>
  )
}

function NotScannedCell({ scan }: { scan: ScanView }) {
  if (scan.filesNotScanned === 0) return '0'
  return <Link to={paths.coverage({ pod: scan.podName, container: scan.containerName })}>{formatCount(scan.filesNotScanned)}</Link>
}

function TriggerCell({ scan }: { scan: ScanView }) {
  const { t } = useTranslation()
  return t(`trigger.${scan.trigger}`)
}

export const scanColumns: readonly Column<ScanView>[] = [
  {
    header: 'received',
    width: '156px',
    sort: { key: 'received', firstOrder: 'desc' },
    cell: ({ receivedAt }) => <TimeCell at={receivedAt} />,
  },
  {
    header: 'workload',
    width: '22%',
    cell: (scan) => (
      <>
        {scan.podName}
        <SecondLine>
          {scan.namespace} · {scan.containerName}
        </SecondLine>
      </>
    ),
  },
  { header: 'result', cell: (scan) => <ResultCell scan={scan} /> },
  { header: 'trigger', width: '12%', cell: (scan) => <TriggerCell scan={scan} /> },
  { header: 'files', width: '9%', isNumber: true, cell: (scan) => <FilesCell scan={scan} /> },
  { header: 'notScanned', width: '106px', isNumber: true, cell: (scan) => <NotScannedCell scan={scan} /> },
  {
    header: 'duration',
    width: '84px',
    isNumber: true,
    cell: ({ startedAt, finishedAt }) => formatDuration(Date.parse(finishedAt) - Date.parse(startedAt)),
  },
  { header: 'node', width: '11%', cell: ({ nodeName }) => nodeName },
]
