import type { NodeView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { formatBytes, formatCount } from '../../ui/format-number.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { Second } from '../../ui/Second.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { isBehind } from './is-behind.js'

function NameCell({ node }: { node: NodeView }) {
  return (
    <>
      <b>{node.nodeName}</b>
      <Second>
        {node.clusterId} · {node.hostIp}
      </Second>
    </>
  )
}

function StateCell({ node }: { node: NodeView }) {
  const { t } = useTranslation()
  const isReporting = node.state === 'reporting'
  return (
    <>
      <StateBadge tone={isReporting ? 'good' : 'bad'} text={t(`nodes.state.${node.state}`)} />
      <Second>
        <RelativeTime at={node.lastSeenAt} />
      </Second>
    </>
  )
}

function ContainersCell({ node }: { node: NodeView }) {
  const { t } = useTranslation()
  const notWatched = node.containersTotal - node.containersWatched
  return (
    <>
      {t('nodes.watched', { watched: formatCount(node.containersWatched), total: formatCount(node.containersTotal) })}
      {notWatched > 0 ? (
        <Second>
          <Link to={paths.pods({ node: node.nodeName })}>{t('nodes.notWatched', { count: notWatched })}</Link>
        </Second>
      ) : null}
    </>
  )
}

function RuntimeCell({ node }: { node: NodeView }) {
  return (
    <>
      {node.runtimeKind} {node.runtimeVersion}
      <Second>
        <span title={node.runtimeReason}>{node.runtimeEndpoint}</span>
      </Second>
      <Second>{node.kernelRelease}</Second>
    </>
  )
}

function SignaturesCell({ node, activeGeneration }: { node: NodeView; activeGeneration: string }) {
  const { t } = useTranslation()
  return (
    <>
      {node.signatureGeneration === '' ? t('nodes.noSignatures') : <Mono text={node.signatureGeneration} />}
      {isBehind(node, activeGeneration) ? (
        <div>
          <StateBadge tone="warn" text={t('nodes.behind')} />
        </div>
      ) : null}
      {/* 0 means that the node does not know. */}
      {node.signatureCount > 0 ? (
        <Second>
          <Link to={paths.signatureNodes({ node: node.nodeName })}>
            {t('nodes.signatures', { count: node.signatureCount, shown: formatCount(node.signatureCount) })}
          </Link>
        </Second>
      ) : null}
      <Second>{node.engineVersion}</Second>
    </>
  )
}

/** What needs a person's eye; the word for "nothing" when all is well. */
function IssuesCell({ node }: { node: NodeView }) {
  const { t } = useTranslation()
  const troubles = [
    node.configError && t('nodes.trouble.config', { detail: node.configError }),
    node.resultsLost > 0 && t('nodes.trouble.lost', { count: node.resultsLost, shown: formatCount(node.resultsLost) }),
    node.spoolResults > 0 &&
      t('nodes.trouble.spool', { count: node.spoolResults, shown: formatCount(node.spoolResults), size: formatBytes(node.spoolBytes) }),
    node.eventOverflows > 0 && t('nodes.trouble.overflow', { count: node.eventOverflows, shown: formatCount(node.eventOverflows) }),
  ].filter((text) => typeof text === 'string' && text !== '')
  if (troubles.length === 0) return <Second>{t('nodes.trouble.none')}</Second>
  return troubles.map((text) => <div key={String(text)}>{text}</div>)
}

/** @param activeGeneration what the signature server offers; empty when there is none or it is not known. */
export function buildNodeColumns(activeGeneration: string): readonly Column<NodeView>[] {
  return [
    { header: 'node', cell: (node) => <NameCell node={node} /> },
    { header: 'state', cell: (node) => <StateCell node={node} /> },
    {
      header: 'findingsLastDay',
      isNumber: true,
      cell: (node) => <Link to={paths.findings({ node: node.nodeName, last: '24h' })}>{formatCount(node.findingsLastDay)}</Link>,
    },
    { header: 'containers', cell: (node) => <ContainersCell node={node} /> },
    { header: 'signatures', cell: (node) => <SignaturesCell node={node} activeGeneration={activeGeneration} /> },
    { header: 'runtime', cell: (node) => <RuntimeCell node={node} /> },
    { header: 'agent', cell: ({ agentVersion }) => agentVersion },
    { header: 'trouble', width: '20%', cell: (node) => <IssuesCell node={node} /> },
  ]
}
