import type { CoverageView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../table/DataTable.js'
import { formatBytes, formatCount } from '../../ui/format-number.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import classes from './coverage.module.css'

function ReasonCell({ entry }: { entry: CoverageView }) {
  const { t } = useTranslation()
  return (
    <span title={t(`reason.${entry.reason}.meaning`)}>
      <b>{t(`reason.${entry.reason}.name`)}</b>
    </span>
  )
}

function ItemCell({ entry }: { entry: CoverageView }) {
  const { t } = useTranslation()
  return (
    <div className={classes.item}>
      {entry.path === '' ? t('coverage.wholeContainer') : <Mono text={entry.path} isClamped />}
      {entry.detail ? <SecondLine>{entry.detail}</SecondLine> : null}
    </div>
  )
}

function LastSeen({ entry }: { entry: CoverageView }) {
  const { t } = useTranslation()
  return (
    <>
      {t('coverage.last')} <RelativeTime at={entry.lastSeenAt} />
    </>
  )
}

export const coverageColumns: readonly Column<CoverageView>[] = [
  { header: 'reason', width: '17%', cell: (entry) => <ReasonCell entry={entry} /> },
  { header: 'item', cell: (entry) => <ItemCell entry={entry} /> },
  { header: 'files', isNumber: true, width: '70px', cell: ({ count }) => (count > 0 ? formatCount(count) : '–') },
  { header: 'size', isNumber: true, width: '86px', cell: ({ sizeBytes }) => (sizeBytes > 0 ? formatBytes(sizeBytes) : '–') },
  {
    header: 'workload',
    width: '23%',
    cell: (entry) => (
      <>
        {entry.podName}
        <SecondLine>
          {entry.namespace} · {entry.containerName}
        </SecondLine>
      </>
    ),
  },
  { header: 'node', width: '10%', cell: ({ nodeName }) => nodeName },
  {
    header: 'firstSeen',
    width: '92px',
    cell: (entry) => (
      <>
        <RelativeTime at={entry.firstSeenAt} />
        <SecondLine>
          <LastSeen entry={entry} />
        </SecondLine>
      </>
    ),
  },
]
