import type { PodView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { formatCount } from '../../ui/format-number.js'
import lines from '../../ui/lines.module.css'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './pods.module.css'

function PodCell({ pod }: { pod: PodView }) {
  const { t } = useTranslation()
  return (
    <>
      <Link to={paths.pod(pod.clusterId, pod.namespace, pod.podName)}>
        <b>{pod.podName}</b>
      </Link>
      <SecondLine>{pod.namespace}</SecondLine>
      {pod.owner ? <SecondLine>{pod.owner}</SecondLine> : null}
      {pod.goneAt ? <StateBadge tone="quiet" text={t('pods.deleted')} /> : null}
    </>
  )
}

/** @param isFiltered true: only the containers that are not monitored. */
export function ContainersCell({ pod, isFiltered }: { pod: PodView; isFiltered: boolean }) {
  const { t } = useTranslation()
  if (pod.containers.length === 0) return t('pods.noContainers')
  return (
    <ul className={lines.list}>
      {pod.containers
        .filter(({ watched }) => !(isFiltered && watched))
        .map((container) => (
          <li key={container.containerId}>
            <div className={classes.containerHead}>
              <b>{container.name}</b>
              <StateBadge tone={container.watched ? 'good' : 'bad'} text={t(container.watched ? 'pods.monitored' : 'pods.notMonitored')} />
              <Link to={paths.coverage({ pod: pod.podName, container: container.name })}>{t('pods.coverage')}</Link>
            </div>
            {container.watched ? null : <SecondLine>{container.notWatchedReason}</SecondLine>}
            <SecondLine>
              <Link to={paths.image(container.image)}>
                <Mono text={container.image} />
              </Link>{' '}
              · {container.snapshotter}
            </SecondLine>
          </li>
        ))}
    </ul>
  )
}

const buildColumns = (isFiltered: boolean): readonly Column<PodView>[] => [
  { header: 'pod', width: '24%', cell: (pod) => <PodCell pod={pod} /> },
  { header: 'podContainers', cell: (pod) => <ContainersCell pod={pod} isFiltered={isFiltered} /> },
  {
    header: 'node',
    width: '20%',
    cell: (pod) => (
      <>
        <Link to={paths.node(pod.clusterId, pod.nodeName)}>{pod.nodeName}</Link>
        <SecondLine>{pod.podIp}</SecondLine>
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

export const podColumns = buildColumns(false)
/** Columns of the list of pods with a container that is not monitored. */
export const notMonitoredColumns = buildColumns(true)
