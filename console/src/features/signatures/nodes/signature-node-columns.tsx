import type { NodeSignatures, SignatureServerStatus } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/DataTable.js'
import { formatBytes, formatCount } from '../../../ui/format-number.js'
import { formatDuration } from '../../../ui/format-time.js'
import { Mono } from '../../../ui/Mono.js'
import { RelativeTime } from '../../../ui/RelativeTime.js'
import { Second } from '../../../ui/Second.js'
import { StateBadge } from '../../../ui/StateBadge.js'
import { FreshnessBadge } from '../FreshnessBadge.js'
import classes from '../signatures.module.css'
import { isBehind } from './is-behind.js'

function NameCell({ node }: { node: NodeSignatures }) {
  const { t } = useTranslation()
  return (
    <>
      <span className={classes.inline}>
        <b>{node.nodeName}</b>
        {node.isCanary ? <StateBadge tone="busy" text={t('signatures.onNode.canary')} /> : null}
      </span>
      <Second>{node.clusterId}</Second>
    </>
  )
}

function StateCell({ state }: Pick<NodeSignatures, 'state'>) {
  const { t } = useTranslation()
  return <StateBadge tone={state === 'reporting' ? 'good' : 'bad'} text={t(`nodes.state.${state}`)} />
}

function GenerationCell({ node, server }: { node: NodeSignatures; server: SignatureServerStatus | null }) {
  const { t } = useTranslation()
  return (
    <>
      {node.generation === '' ? t('nodes.noSignatures') : <Mono text={node.generation} />}
      {isBehind(node, server) ? (
        <div>
          <StateBadge tone="warn" text={t('signatures.onNode.behind')} />
        </div>
      ) : null}
      {node.refusedGeneration === '' ? null : (
        <p className={classes.refusal}>
          {t('signatures.onNode.refused')} <Mono text={node.refusedGeneration} />
          {node.refusal ? <>: {node.refusal}</> : null}
        </p>
      )}
      {/* 0 means that the node does not know. */}
      {node.signatureCount > 0 ? (
        <Second>{t('nodes.signatures', { count: node.signatureCount, shown: formatCount(node.signatureCount) })}</Second>
      ) : null}
      <Second>{node.engineVersion}</Second>
    </>
  )
}

function FreshnessCell({ node: { freshness } }: { node: NodeSignatures }) {
  return (
    <>
      <FreshnessBadge state={freshness.state} />
      {freshness.newestBuiltAt === null ? null : (
        <Second>
          <RelativeTime at={freshness.newestBuiltAt} />
        </Second>
      )}
    </>
  )
}

function LoadedCell({ node: { loadedAt, loadMs } }: { node: NodeSignatures }) {
  const { t } = useTranslation()
  if (loadedAt === null) return '–'
  return (
    <>
      <RelativeTime at={loadedAt} />
      {loadMs > 0 ? <Second>{t('signatures.onNode.loadTook', { took: formatDuration(loadMs) })}</Second> : null}
    </>
  )
}

const bytesOrDash = (sizeBytes: number) => (sizeBytes > 0 ? formatBytes(sizeBytes) : '–')

/** @param server says what each node is to have; null when that is not known. */
export function buildSignatureNodeColumns(server: SignatureServerStatus | null): readonly Column<NodeSignatures>[] {
  return [
    { header: 'node', width: '18%', cell: (node) => <NameCell node={node} /> },
    { header: 'state', width: '110px', cell: ({ state }) => <StateCell state={state} /> },
    { header: 'generation', cell: (node) => <GenerationCell node={node} server={server} /> },
    { header: 'freshness', width: '130px', cell: (node) => <FreshnessCell node={node} /> },
    { header: 'loaded', width: '110px', cell: (node) => <LoadedCell node={node} /> },
    { header: 'memory', isNumber: true, width: '90px', cell: ({ memoryBytes }) => bytesOrDash(memoryBytes) },
    { header: 'pulled', isNumber: true, width: '90px', cell: ({ pulledBytes }) => bytesOrDash(pulledBytes) },
  ]
}
