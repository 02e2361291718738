import type { ScanView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { formatBytes, formatCount } from '../../ui/format-number.js'
import { formatDuration } from '../../ui/format-time.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { Second } from '../../ui/Second.js'
import { SeverityBadge } from '../../ui/SeverityBadge.js'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './scans.module.css'

/** A scan can hold a thousand findings; the list shows these and counts the rest. */
const SHOWN_FINDINGS = 3

function OutcomeCell({ scan }: { scan: ScanView }) {
  const { t } = useTranslation()
  if (scan.totalFindings === 0) {
    return scan.filesNotScanned === 0 ? (
      <StateBadge tone="good" text={t('scans.clean')} />
    ) : (
      <StateBadge tone="quiet" text={t('scans.cleanButIncomplete')} />
    )
  }
  const shown = scan.findings.slice(0, SHOWN_FINDINGS)
  const restCount = scan.totalFindings - shown.length
  return (
    <ul className={classes.findings}>
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
      <Second>{formatBytes(scan.bytesScanned)}</Second>
      {scan.filesCached > 0 ? <Second>{t('scans.cached', { shown: formatCount(scan.filesCached) })}</Second> : null}
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
  { header: 'finished', width: '96px', cell: ({ finishedAt }) => <RelativeTime at={finishedAt} /> },
  {
    header: 'where',
    width: '26%',
    cell: (scan) => (
      <>
        {scan.podName}
        <Second>
          {scan.namespace} · {scan.containerName}
        </Second>
      </>
    ),
  },
  { header: 'outcome', cell: (scan) => <OutcomeCell scan={scan} /> },
  { header: 'trigger', width: '12%', cell: (scan) => <TriggerCell scan={scan} /> },
  { header: 'files', isNumber: true, cell: (scan) => <FilesCell scan={scan} /> },
  { header: 'notScanned', isNumber: true, cell: (scan) => <NotScannedCell scan={scan} /> },
  {
    header: 'duration',
    isNumber: true,
    cell: ({ startedAt, finishedAt }) => formatDuration(Date.parse(finishedAt) - Date.parse(startedAt)),
  },
  { header: 'node', width: '10%', cell: ({ nodeName }) => nodeName },
]
