import type { SignatureDatabase } from '@guardimesh/contracts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '../../../table/DataTable.js'
import { ActionButton } from '../../../ui/ActionButton.js'
import { formatBytes, formatCount } from '../../../ui/format-number.js'
import { Mono } from '../../../ui/Mono.js'
import { Section } from '../../../ui/Section.js'
import { BuiltCell } from '../database-columns.js'
import { ImportOutcome } from '../ImportOutcome.js'
import type { ServerProps } from '../SignaturesFrame.js'
import { useChangeReason } from '../use-change-reason.js'
import { RemoveSourcesDialog } from './RemoveSourcesDialog.js'

interface TakeOutCellProps {
  path: string
  disabledReason: string | undefined
  onTakeOut: (path: string) => void
}

function TakeOutCell({ path, disabledReason, onTakeOut }: TakeOutCellProps) {
  const { t } = useTranslation()
  return (
    <ActionButton
      size="compact-sm"
      variant="default"
      disabledReason={disabledReason}
      aria-label={t('signatures.sources.takeOutLabel', { path })}
      onClick={() => onTakeOut(path)}
    >
      {t('signatures.sources.takeOut')}
    </ActionButton>
  )
}

function buildColumns(more: Omit<TakeOutCellProps, 'path'>): readonly Column<SignatureDatabase>[] {
  return [
    { header: 'database', cell: ({ path }) => <Mono text={path} /> },
    { header: 'built', width: '18%', cell: ({ builtAt }) => <BuiltCell builtAt={builtAt} /> },
    { header: 'version', isNumber: true, width: '12%', cell: ({ version }) => version ?? '–' },
    { header: 'signatures', isNumber: true, width: '14%', cell: ({ signatures }) => (signatures === null ? '–' : formatCount(signatures)) },
    { header: 'size', isNumber: true, width: '12%', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
    { header: 'actions', width: '130px', cell: ({ path }) => <TakeOutCell path={path} {...more} /> },
  ]
}

/** What was brought in so far, whether the profile lets nodes load it or not, and the way out again. */
export function SourcesSection({ server }: Pick<ServerProps, 'server'>) {
  const { t } = useTranslation()
  const disabledReason = useChangeReason()
  const [path, setPath] = useState<string | null>(null)
  const [importId, setImportId] = useState<string>()
  const columns = useMemo(() => buildColumns({ disabledReason, onTakeOut: setPath }), [disabledReason])
  return (
    <Section title={t('signatures.sources.title')}>
      {importId === undefined ? null : <ImportOutcome imports={server.imports} importId={importId} />}
      {server.sources.length === 0 ? (
        <p>{t('signatures.sources.none')}</p>
      ) : (
        <DataTable label={t('signatures.sources.title')} columns={columns} rows={server.sources} rowKey={(source) => source.path} />
      )}
      {path === null ? null : <RemoveSourcesDialog path={path} onStarted={setImportId} onClose={() => setPath(null)} />}
    </Section>
  )
}
