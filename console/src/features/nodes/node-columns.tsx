import type { NodeView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { Facts } from '../../ui/Facts.js'
import { formatCount } from '../../ui/format-number.js'
import lines from '../../ui/lines.module.css'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { IssuesCell } from './IssuesCell.js'
import { isOutdated } from './is-outdated.js'
import classes from './nodes.module.css'

/** Name of a node; opens its details, which do not change often. */
function NameCell({ node }: { node: NodeView }) {
  const { t } = useTranslation()
  return (
    <details className={classes.node}>
      <summary title={node.nodeName}>
        <b>{node.nodeName}</b>
      </summary>
      <Facts
        facts={[
          [
            t('nodes.detail.name'),
            <Link key="page" to={paths.node(node.clusterId, node.nodeName)}>
              {node.nodeName}
            </Link>,
          ],
          [t('nodes.detail.cluster'), node.clusterId],
          [t('nodes.detail.address'), node.hostIp],
          [t('nodes.detail.kernel'), node.kernelRelease],
          [t('nodes.detail.runtime'), `${node.runtimeKind} ${node.runtimeVersion} · ${node.runtimeEndpoint}`],
          [t('nodes.detail.runtimeProblem'), node.runtimeReason],
          [t('nodes.detail.engine'), node.engineVersion],
          [t('nodes.detail.signatures'), <SignatureCount key="signatures" node={node} />],
        ]}
      />
    </details>
  )
}

function SignatureCount({ node }: { node: NodeView }) {
  const { t } = useTranslation()
  // 0 means unknown.
  if (node.signatureCount === 0) return t('value.unknown')
  return (
    <Link to={paths.signatureNodes({ node: node.nodeName })}>
      {t('nodes.signatures', { count: node.signatureCount, shown: formatCount(node.signatureCount) })}
    </Link>
  )
}

function StateCell({ node }: { node: NodeView }) {
  const { t } = useTranslation()
  return (
    <span className={classes.state}>
      <StateBadge tone={node.state === 'reporting' ? 'good' : 'bad'} text={t(`nodes.state.${node.state}`)} />
      <RelativeTime at={node.lastSeenAt} />
    </span>
  )
}

function ContainersCell({ node }: { node: NodeView }) {
  const { t } = useTranslation()
  return t('nodes.monitored', { monitored: formatCount(node.containersWatched), total: formatCount(node.containersTotal) })
}

function SignaturesCell({ node, activeGeneration }: { node: NodeView; activeGeneration: string }) {
  const { t } = useTranslation()
  return (
    <span className={lines.inline}>
      {node.signatureGeneration === '' ? t('nodes.noSignatures') : <Mono text={node.signatureGeneration} />}
      {isOutdated(node, activeGeneration) ? <StateBadge tone="warn" text={t('nodes.outdated')} /> : null}
    </span>
  )
}

/** @param activeGeneration empty if there is none or it is unknown. */
export function buildNodeColumns(activeGeneration: string): readonly Column<NodeView>[] {
  return [
    { header: 'node', width: '17%', cell: (node) => <NameCell node={node} /> },
    { header: 'state', cell: (node) => <StateCell node={node} /> },
    { header: 'issues', width: '28%', cell: (node) => <IssuesCell node={node} activeGeneration={activeGeneration} /> },
    {
      header: 'findingsLastDay',
      isNumber: true,
      cell: (node) => <Link to={paths.findings({ node: node.nodeName, last: '24h' })}>{formatCount(node.findingsLastDay)}</Link>,
    },
    { header: 'containers', cell: (node) => <ContainersCell node={node} /> },
    { header: 'signatures', cell: (node) => <SignaturesCell node={node} activeGeneration={activeGeneration} /> },
    { header: 'agent', cell: ({ agentVersion }) => agentVersion },
  ]
}
