import type { SightingView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'

function WorkloadCell({ seen }: { seen: SightingView }) {
  const { namespace, podName, containerName, image } = seen
  return (
    <>
      <Link to={paths.findings({ namespace, pod: podName })}>
        {namespace} / {podName}
      </Link>
      <SecondLine>
        {containerName} · {image}
      </SecondLine>
    </>
  )
}

function PathCell({ seen: { path, scanSource } }: { seen: SightingView }) {
  const { t } = useTranslation()
  return (
    <>
      <Mono text={path} />
      <SecondLine>{t(`source.${scanSource}.name`)}</SecondLine>
    </>
  )
}

function CleanCell({ seen: { cleanGeneration } }: { seen: SightingView }) {
  const { t } = useTranslation()
  return cleanGeneration === '' ? t('sightings.neverClean') : <Mono text={cleanGeneration} />
}

function NodeCell({ seen: { nodeName, clusterId } }: { seen: SightingView }) {
  return (
    <>
      {nodeName}
      <SecondLine>{clusterId}</SecondLine>
    </>
  )
}

export const sightingColumns: readonly Column<SightingView>[] = [
  { header: 'path', cell: (seen) => <PathCell seen={seen} /> },
  { header: 'workload', width: '28%', cell: (seen) => <WorkloadCell seen={seen} /> },
  { header: 'node', width: '13%', cell: (seen) => <NodeCell seen={seen} /> },
  { header: 'firstSeen', width: '100px', cell: ({ firstSeenAt }) => <RelativeTime at={firstSeenAt} /> },
  { header: 'lastSeen', width: '100px', cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} /> },
  { header: 'lastClean', width: '150px', cell: (seen) => <CleanCell seen={seen} /> },
]
