import type { SignatureDatabase, SignatureGeneration } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { rollBack } from '../../../api/queries/signatures.js'
import { ConfirmDialog } from '../../../forms/ConfirmDialog.js'
import { formatCount } from '../../../ui/format-number.js'
import { formatUtc } from '../../../ui/format-time.js'
import { Mono } from '../../../ui/Mono.js'
import type { ServerProps } from '../SignaturesFrame.js'
import { type DatabaseChange, findActiveGeneration, listDatabaseChanges } from '../signature-rules.js'
import { useSignatureChange } from '../use-signature-change.js'

interface RollBackDialogProps extends ServerProps {
  target: SignatureGeneration
  onClose: () => void
}

/** Confirms the activation of a kept generation; lists the affected nodes and databases. */
export function RollBackDialog({ target, view, server, onClose }: RollBackDialogProps) {
  const { t } = useTranslation()
  const change = useSignatureChange(rollBack, onClose)
  const active = findActiveGeneration(server)
  const isNewer = target.generation > server.activeGeneration
  const nodeCount = view.nodes.reduce((sum, { nodes, generation }) => sum + (generation === target.generation ? 0 : nodes), 0)
  return (
    <ConfirmDialog
      title={t(isNewer ? 'signatures.rollBack.activateTitle' : 'signatures.rollBack.title', { generation: target.generation })}
      confirmLabel={t(isNewer ? 'signatures.rollBack.activate' : 'signatures.rollBack.open')}
      color="red.9"
      hasReason
      isPending={change.isPending}
      error={change.error}
      onConfirm={(reason) => change.mutate({ generation: target.generation, reason })}
      onClose={onClose}
    >
      <p>
        {t('signatures.rollBack.text', {
          count: nodeCount,
          nodes: formatCount(nodeCount),
          published: formatUtc(target.publishedAt),
        })}
      </p>
      {active ? <Changes changes={listDatabaseChanges(active, target)} /> : null}
      {server.rollOut ? <p>{t('signatures.rollBack.endsRollOut', { generation: server.rollOut.generation })}</p> : null}
      <p>{t('signatures.rollBack.then')}</p>
    </ConfirmDialog>
  )
}

function Changes({ changes }: { changes: readonly DatabaseChange[] }) {
  const { t } = useTranslation()
  if (changes.length === 0) return <p>{t('signatures.rollBack.same')}</p>
  return (
    <ul aria-label={t('signatures.rollBack.changes')}>
      {changes.map(({ name, from, to }) => (
        <li key={name}>
          <Mono text={name} />: <State database={from} /> → <State database={to} />
        </li>
      ))}
    </ul>
  )
}

function State({ database }: { database: SignatureDatabase | null }) {
  const { t } = useTranslation()
  if (database === null) return t('signatures.rollBack.without')
  if (database.version !== null) return t('signatures.rollBack.version', { version: database.version })
  return t('signatures.rollBack.file', { hash: database.sha256.slice(0, 8) })
}
