import type { SightingView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { Second } from '../../ui/Second.js'

function PlaceCell({ seen }: { seen: SightingView }) {
  const { namespace, podName, containerName, image } = seen
  return (
    <>
      <Link to={paths.findings({ namespace, pod: podName })}>
        {namespace} / {podName}
      </Link>
      <Second>
        {containerName} · {image}
      </Second>
    </>
  )
}

function PathCell({ seen: { path, scanSource } }: { seen: SightingView }) {
  const { t } = useTranslation()
  return (
    <>
      <Mono text={path} />
      <Second>{t(`source.${scanSource}.name`)}</Second>
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
      <Second>{clusterId}</Second>
    </>
  )
}

export const sightingColumns: readonly Column<SightingView>[] = [
  { header: 'path', cell: (seen) => <PathCell seen={seen} /> },
  { header: 'where', width: '28%', cell: (seen) => <PlaceCell seen={seen} /> },
  { header: 'node', width: '13%', cell: (seen) => <NodeCell seen={seen} /> },
  { header: 'firstSeen', width: '100px', cell: ({ firstSeenAt }) => <RelativeTime at={firstSeenAt} /> },
  { header: 'lastSeen', width: '100px', cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} /> },
  { header: 'cleanUnder', width: '150px', cell: (seen) => <CleanCell seen={seen} /> },
]
