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
import { useReadOnlyReason } from '../use-read-only-reason.js'
import { RemoveSourceDialog } from './RemoveSourceDialog.js'

interface RemoveCellProps {
  path: string
  disabledReason: string | undefined
  onRemove: (path: string) => void
}

function RemoveCell({ path, disabledReason, onRemove }: RemoveCellProps) {
  const { t } = useTranslation()
  return (
    <ActionButton
      size="compact-sm"
      variant="default"
      disabledReason={disabledReason}
      aria-label={t('signatures.sources.removeLabel', { path })}
      onClick={() => onRemove(path)}
    >
      {t('signatures.sources.remove')}
    </ActionButton>
  )
}

function buildSourceColumns(cellProps: Omit<RemoveCellProps, 'path'>): readonly Column<SignatureDatabase>[] {
  return [
    { header: 'database', cell: ({ path }) => <Mono text={path} /> },
    { header: 'built', width: '18%', cell: ({ builtAt }) => <BuiltCell builtAt={builtAt} /> },
    { header: 'version', isNumber: true, width: '12%', cell: ({ version }) => version ?? '–' },
    { header: 'signatures', isNumber: true, width: '14%', cell: ({ signatures }) => (signatures === null ? '–' : formatCount(signatures)) },
    { header: 'size', isNumber: true, width: '12%', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
    { header: 'actions', width: '130px', cell: ({ path }) => <RemoveCell path={path} {...cellProps} /> },
  ]
}

/** Imported files, including those that the profile excludes, with remove buttons. */
export function SourcesSection({ server }: Pick<ServerProps, 'server'>) {
  const { t } = useTranslation()
  const disabledReason = useReadOnlyReason()
  const [path, setPath] = useState<string | null>(null)
  const [importId, setImportId] = useState<string>()
  const columns = useMemo(() => buildSourceColumns({ disabledReason, onRemove: setPath }), [disabledReason])
  return (
    <Section title={t('signatures.sources.title')}>
      {importId === undefined ? null : <ImportOutcome imports={server.imports} importId={importId} />}
      {server.sources.length === 0 ? (
        <p>{t('signatures.sources.none')}</p>
      ) : (
        <DataTable label={t('signatures.sources.title')} columns={columns} rows={server.sources} rowKey={(source) => source.path} />
      )}
      {path === null ? null : <RemoveSourceDialog path={path} onStarted={setImportId} onClose={() => setPath(null)} />}
    </Section>
  )
}
