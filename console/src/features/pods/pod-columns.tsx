import type { PodView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { formatCount } from '../../ui/format-number.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { Second } from '../../ui/Second.js'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './pods.module.css'

function PodCell({ pod }: { pod: PodView }) {
  const { t } = useTranslation()
  return (
    <>
      <b>{pod.podName}</b>
      <Second>{pod.namespace}</Second>
      {pod.owner ? <Second>{pod.owner}</Second> : null}
      {pod.goneAt ? <StateBadge tone="quiet" text={t('pods.gone')} /> : null}
    </>
  )
}

function ContainersCell({ pod }: { pod: PodView }) {
  const { t } = useTranslation()
  if (pod.containers.length === 0) return t('pods.noContainers')
  return (
    <ul className={classes.containers}>
      {pod.containers.map((container) => (
        <li key={container.containerId}>
          <div className={classes.containerHead}>
            <b>{container.name}</b>
            <StateBadge tone={container.watched ? 'good' : 'bad'} text={t(container.watched ? 'pods.watched' : 'pods.notWatched')} />
            <Link to={paths.coverage({ pod: pod.podName, container: container.name })}>{t('pods.coverage')}</Link>
          </div>
          {container.watched ? null : <Second>{container.notWatchedReason}</Second>}
          <Second>
            <Mono text={container.image} /> · {container.snapshotter}
          </Second>
        </li>
      ))}
    </ul>
  )
}

export const podColumns: readonly Column<PodView>[] = [
  { header: 'pod', width: '24%', cell: (pod) => <PodCell pod={pod} /> },
  { header: 'containers', cell: (pod) => <ContainersCell pod={pod} /> },
  {
    header: 'node',
    width: '12%',
    cell: (pod) => (
      <>
        {pod.nodeName}
        <Second>{pod.podIp}</Second>
      </>
    ),
  },
  {
    header: 'findingsLastDay',
    isNumber: true,
    cell: (pod) => (
      <Link to={paths.findings({ namespace: pod.namespace, pod: pod.podName, last: '24h' })}>{formatCount(pod.findingsLastDay)}</Link>
    ),
  },
  { header: 'lastSeen', cell: (pod) => <RelativeTime at={pod.goneAt ?? pod.lastSeenAt} /> },
]
