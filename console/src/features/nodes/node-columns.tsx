import { CLOCK_OFFSET_MAX_MS, type NodeView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { formatBytes, formatCount } from '../../ui/format-number.js'
import { formatSpan } from '../../ui/format-time.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { isOutdated } from './is-outdated.js'

function NameCell({ node }: { node: NodeView }) {
  return (
    <>
      <b>{node.nodeName}</b>
      <SecondLine>
        {node.clusterId} · {node.hostIp}
      </SecondLine>
    </>
  )
}

function StateCell({ node }: { node: NodeView }) {
  const { t } = useTranslation()
  const isReporting = node.state === 'reporting'
  return (
    <>
      <StateBadge tone={isReporting ? 'good' : 'bad'} text={t(`nodes.state.${node.state}`)} />
      <SecondLine>
        <RelativeTime at={node.lastSeenAt} />
      </SecondLine>
    </>
  )
}

function ContainersCell({ node }: { node: NodeView }) {
  const { t } = useTranslation()
  const notMonitored = node.containersTotal - node.containersWatched
  return (
    <>
      {t('nodes.monitored', { monitored: formatCount(node.containersWatched), total: formatCount(node.containersTotal) })}
      {notMonitored > 0 ? (
        <SecondLine>
          <Link to={paths.pods({ node: node.nodeName })}>{t('nodes.notMonitored', { count: notMonitored })}</Link>
        </SecondLine>
      ) : null}
    </>
  )
}

function RuntimeCell({ node }: { node: NodeView }) {
  return (
    <>
      {node.runtimeKind} {node.runtimeVersion}
      <SecondLine>
        <span title={node.runtimeReason}>{node.runtimeEndpoint}</span>
      </SecondLine>
      <SecondLine>{node.kernelRelease}</SecondLine>
    </>
  )
}

function SignaturesCell({ node, activeGeneration }: { node: NodeView; activeGeneration: string }) {
  const { t } = useTranslation()
  return (
    <>
      {node.signatureGeneration === '' ? t('nodes.noSignatures') : <Mono text={node.signatureGeneration} />}
      {isOutdated(node, activeGeneration) ? (
        <div>
          <StateBadge tone="warn" text={t('nodes.outdated')} />
        </div>
      ) : null}
      {/* 0 means unknown. */}
      {node.signatureCount > 0 ? (
        <SecondLine>
          <Link to={paths.signatureNodes({ node: node.nodeName })}>
            {t('nodes.signatures', { count: node.signatureCount, shown: formatCount(node.signatureCount) })}
          </Link>
        </SecondLine>
      ) : null}
      <SecondLine>{node.engineVersion}</SecondLine>
    </>
  )
}

function isClockWrong(node: NodeView): node is NodeView & { clockOffsetMs: number } {
  return node.clockOffsetMs !== null && Math.abs(node.clockOffsetMs) > CLOCK_OFFSET_MAX_MS
}

/** Problems of a node that need attention. */
function IssuesCell({ node }: { node: NodeView }) {
  const { t } = useTranslation()
  const issues = [
    node.selfTestFailed && t('nodes.issue.selfTest', { detail: node.selfTestDetail }),
    node.configError && t('nodes.issue.config', { detail: node.configError }),
    node.resultsLost > 0 && t('nodes.issue.lost', { count: node.resultsLost, shown: formatCount(node.resultsLost) }),
    node.spoolResults > 0 &&
      t('nodes.issue.spool', { count: node.spoolResults, shown: formatCount(node.spoolResults), size: formatBytes(node.spoolBytes) }),
    isClockWrong(node) &&
      t(node.clockOffsetMs > 0 ? 'nodes.issue.clockAhead' : 'nodes.issue.clockBehind', {
        offset: formatSpan(Math.abs(node.clockOffsetMs)),
      }),
    node.eventOverflows > 0 && t('nodes.issue.overflow', { count: node.eventOverflows, shown: formatCount(node.eventOverflows) }),
  ].filter((text) => typeof text === 'string' && text !== '')
  if (issues.length === 0) return <SecondLine>{t('nodes.issue.none')}</SecondLine>
  return issues.map((text) => <div key={String(text)}>{text}</div>)
}

/** @param activeGeneration empty if there is none or it is unknown. */
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
    { header: 'issues', width: '20%', cell: (node) => <IssuesCell node={node} /> },
  ]
}
