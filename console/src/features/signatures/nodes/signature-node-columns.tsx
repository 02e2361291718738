import type { NodeSignatures, SignatureServerStatus } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/DataTable.js'
import { formatBytes, formatCount } from '../../../ui/format-number.js'
import { formatDuration } from '../../../ui/format-time.js'
import { Mono } from '../../../ui/Mono.js'
import { RelativeTime } from '../../../ui/RelativeTime.js'
import { SecondLine } from '../../../ui/SecondLine.js'
import { StateBadge } from '../../../ui/StateBadge.js'
import { FreshnessBadge } from '../FreshnessBadge.js'
import classes from '../signatures.module.css'
import { isOutdated } from './is-outdated.js'

function NameCell({ node }: { node: NodeSignatures }) {
  const { t } = useTranslation()
  return (
    <>
      <span className={classes.inline}>
        <b>{node.nodeName}</b>
        {node.isCanary ? <StateBadge tone="busy" text={t('signatures.onNode.canary')} /> : null}
      </span>
      <SecondLine>{node.clusterId}</SecondLine>
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
      {isOutdated(node, server) ? (
        <div>
          <StateBadge tone="warn" text={t('signatures.onNode.outdated')} />
        </div>
      ) : null}
      {node.refusedGeneration === '' ? null : (
        <p className={classes.rejection}>
          {t('signatures.onNode.rejected')} <Mono text={node.refusedGeneration} />
          {node.refusal ? <>: {node.refusal}</> : null}
        </p>
      )}
      {/* 0 means unknown. */}
      {node.signatureCount > 0 ? (
        <SecondLine>{t('nodes.signatures', { count: node.signatureCount, shown: formatCount(node.signatureCount) })}</SecondLine>
      ) : null}
      <SecondLine>{node.engineVersion}</SecondLine>
    </>
  )
}

function FreshnessCell({ node: { freshness } }: { node: NodeSignatures }) {
  return (
    <>
      <FreshnessBadge state={freshness.state} />
      {freshness.newestBuiltAt === null ? null : (
        <SecondLine>
          <RelativeTime at={freshness.newestBuiltAt} />
        </SecondLine>
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
      {loadMs > 0 ? <SecondLine>{t('signatures.onNode.loadDuration', { duration: formatDuration(loadMs) })}</SecondLine> : null}
    </>
  )
}

const bytesOrDash = (sizeBytes: number) => (sizeBytes > 0 ? formatBytes(sizeBytes) : '–')

/** @param server has the offered generation of each node; null if unknown. */
export function buildSignatureNodeColumns(server: SignatureServerStatus | null): readonly Column<NodeSignatures>[] {
  return [
    { header: 'node', width: '18%', cell: (node) => <NameCell node={node} /> },
    { header: 'state', width: '110px', cell: ({ state }) => <StateCell state={state} /> },
    { header: 'generation', cell: (node) => <GenerationCell node={node} server={server} /> },
    { header: 'freshness', width: '130px', cell: (node) => <FreshnessCell node={node} /> },
    { header: 'loaded', width: '110px', cell: (node) => <LoadedCell node={node} /> },
    { header: 'memory', isNumber: true, width: '90px', cell: ({ memoryBytes }) => bytesOrDash(memoryBytes) },
    { header: 'downloaded', isNumber: true, width: '90px', cell: ({ pulledBytes }) => bytesOrDash(pulledBytes) },
  ]
}
