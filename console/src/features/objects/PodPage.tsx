import type { PodView } from '@guardimesh/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { podList } from '../../api/queries/inventory.js'
import { paths } from '../../path-builder.js'
import { QueryState } from '../../table/QueryState.js'
import { exactly } from '../../table/text-terms.js'
import { ExactTime } from '../../ui/ExactTime.js'
import { Facts } from '../../ui/Facts.js'
import { Mono } from '../../ui/Mono.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { Panel } from '../../ui/Panel.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { ContainersCell } from '../pods/pod-columns.js'
import { podSteps } from './kubectl.js'
import { LatestCoverage, LatestFindings, LatestIncidents } from './LatestLists.js'
import { ObjectNotFound } from './ObjectNotFound.js'
import classes from './objects.module.css'
import { WhatToDo } from './WhatToDo.js'

/** Maximum length of `search` in the API. */
const SEARCH_MAX_LENGTH = 200

/** A pod. */
export function PodPage() {
  const { t } = useTranslation()
  const { clusterId = '', namespace = '', podName = '' } = useParams()
  const exact = exactly(namespace)
  const pods = useInfiniteQuery(
    podList({ cluster: clusterId, namespace: exact, search: podName.slice(0, SEARCH_MAX_LENGTH), gone: 'true' }),
  )
  return (
    <PageFrame title={podName} lead={t('objects.pod', { namespace, cluster: clusterId })}>
      <QueryState query={pods}>
        {({ pages }) => {
          // The newest first: a pod of a StatefulSet has the name of its predecessor.
          const found = pages[0]?.items.find((one) => one.podName === podName)
          return found ? <Identity pod={found} /> : <ObjectNotFound />
        }}
      </QueryState>
      <LatestIncidents address={{ cluster: clusterId, namespace, workload: podName, status: 'any' }} />
      <LatestFindings address={{ cluster: clusterId, namespace: exact, pod: exactly(podName) }} />
      <LatestCoverage filters={{ cluster: clusterId, namespace: exact, pod: podName }} />
    </PageFrame>
  )
}

function Identity({ pod }: { pod: PodView }) {
  const { t } = useTranslation()
  const isRunning = pod.goneAt === null
  return (
    <div className={classes.columns}>
      <Panel title={t('objects.identity')}>
        <Facts
          facts={[
            [
              t('column.state'),
              <StateBadge key="state" tone={isRunning ? 'good' : 'quiet'} text={t(isRunning ? 'objects.running' : 'pods.deleted')} />,
            ],
            [
              t('finding.location.namespace'),
              <Link key="n" to={paths.namespace(pod.namespace)}>
                {pod.namespace}
              </Link>,
            ],
            [t('objects.owner'), pod.owner],
            [
              t('column.node'),
              <Link key="o" to={paths.node(pod.clusterId, pod.nodeName)}>
                {pod.nodeName}
              </Link>,
            ],
            [t('column.podContainers'), <ContainersCell key="c" pod={pod} isFiltered={false} />],
            [t('finding.location.podIp'), pod.podIp],
            [t('finding.location.podUid'), <Mono key="u" text={pod.podUid} />],
            [t('column.firstSeen'), <ExactTime key="first" at={pod.firstSeenAt} />],
            [t('column.lastSeen'), <ExactTime key="last" at={pod.goneAt ?? pod.lastSeenAt} />],
          ]}
        />
      </Panel>
      <WhatToDo steps={podSteps(pod)} />
    </div>
  )
}
