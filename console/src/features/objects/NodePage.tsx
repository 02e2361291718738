import type { NodeView } from '@guardimesh/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { nodeList } from '../../api/queries/inventory.js'
import { signaturesQuery } from '../../api/queries/signatures.js'
import { paths } from '../../path-builder.js'
import { QueryState } from '../../table/QueryState.js'
import { exactly } from '../../table/text-terms.js'
import { ExactTime } from '../../ui/ExactTime.js'
import { Facts } from '../../ui/Facts.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { Panel } from '../../ui/Panel.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { IssuesCell } from '../nodes/IssuesCell.js'
import { nodeSteps } from './kubectl.js'
import { LatestCoverage, LatestFindings, LatestIncidents } from './LatestLists.js'
import { ObjectNotFound } from './ObjectNotFound.js'
import classes from './objects.module.css'
import { WhatToDo } from './WhatToDo.js'

/** A node and its scanner. */
export function NodePage() {
  const { t } = useTranslation()
  const { clusterId = '', nodeName = '' } = useParams()
  const nodes = useQuery(nodeList)
  const cluster = { cluster: clusterId }
  const node = exactly(nodeName)
  return (
    <PageFrame title={nodeName} lead={t('objects.node', { cluster: clusterId })}>
      <QueryState query={nodes}>
        {({ items }) => {
          const found = items.find((one) => one.clusterId === clusterId && one.nodeName === nodeName)
          return found ? <Health node={found} /> : <ObjectNotFound />
        }}
      </QueryState>
      <LatestIncidents address={{ ...cluster, node: nodeName, status: 'any' }} />
      <LatestFindings address={{ ...cluster, node }} />
      <LatestCoverage filters={{ ...cluster, node }} />
    </PageFrame>
  )
}

function Health({ node }: { node: NodeView }) {
  const { t } = useTranslation()
  const { data: signatures } = useQuery(signaturesQuery)
  const runtime = `${node.runtimeKind} ${node.runtimeVersion} · ${node.runtimeEndpoint}`
  return (
    <div className={classes.columns}>
      <Panel title={t('objects.health')}>
        <Facts
          facts={[
            [
              t('column.state'),
              <StateBadge key="state" tone={node.state === 'reporting' ? 'good' : 'bad'} text={t(`nodes.state.${node.state}`)} />,
            ],
            [t('column.issues'), <IssuesCell key="issues" node={node} activeGeneration={signatures?.server?.activeGeneration ?? ''} />],
            [t('column.lastSeen'), <ExactTime key="last" at={node.lastSeenAt} />],
            [t('column.firstSeen'), <ExactTime key="first" at={node.firstSeenAt} />],
            [
              t('column.podContainers'),
              <Link key="pods" to={paths.pods({ node: exactly(node.nodeName), cluster: node.clusterId })}>
                {t('nodes.monitored', { monitored: node.containersWatched, total: node.containersTotal })}
              </Link>,
            ],
            [t('column.signatures'), node.signatureGeneration],
            [t('nodes.detail.engine'), node.engineVersion],
            [t('column.agent'), node.agentVersion],
            [t('nodes.detail.address'), node.hostIp],
            [t('nodes.detail.kernel'), node.kernelRelease],
            [t('nodes.detail.runtime'), runtime],
            [t('nodes.detail.runtimeProblem'), node.runtimeReason],
          ]}
        />
      </Panel>
      <WhatToDo steps={nodeSteps(node.nodeName)} />
    </div>
  )
}
