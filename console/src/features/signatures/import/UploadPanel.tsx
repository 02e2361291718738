import { Checkbox } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { signaturesKey } from '../../../api/queries/signatures.js'
import { FormProblem } from '../../../forms/FormProblem.js'
import { ActionButton } from '../../../ui/ActionButton.js'
import { Panel } from '../../../ui/Panel.js'
import { ImportOutcome } from '../ImportOutcome.js'
import type { ServerProps } from '../SignaturesFrame.js'
import classes from '../signatures.module.css'
import { useReadOnlyReason } from '../use-read-only-reason.js'
import { ChosenFiles } from './ChosenFiles.js'
import { DropZone } from './DropZone.js'
import { InterruptedUploads } from './InterruptedUploads.js'
import { type ImportDraft, resetImport, setAllowOlder, submitImport, useImportStore } from './import-store.js'

/** Uploads and imports files from this browser. */
export function UploadPanel({ server }: Pick<ServerProps, 'server'>) {
  const { t } = useTranslation()
  const state = useImportStore()
  const reason = useReadOnlyReason()
  return (
    <Panel title={t('signatures.upload.title')}>
      <div className={classes.stack}>
        {state.phase === 'choosing' || state.phase === 'started' ? <DropZone disabledReason={reason} /> : null}
        {state.files.length === 0 && reason === undefined ? <InterruptedUploads /> : null}
        {state.files.length > 0 ? <ChosenFiles state={state} /> : null}
        <FormProblem error={state.error} />
        {state.phase === 'started' ? (
          <ImportOutcome imports={server.imports} importId={state.importId} />
        ) : (
          <StartLine state={state} disabledReason={reason} />
        )}
      </div>
    </Panel>
  )
}

function StartLine({ state, disabledReason }: { state: ImportDraft; disabledReason: string | undefined }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  if (state.files.length === 0) return null
  const isBusy = state.phase !== 'choosing'
  const isRetry = state.files.some((entry) => entry.state !== 'ready')
  const start = () => submitImport(() => void client.invalidateQueries({ queryKey: signaturesKey }))
  return (
    <>
      <Checkbox
        label={t('signatures.upload.allowOlder')}
        description={t('signatures.upload.allowOlderText')}
        checked={state.allowOlder}
        disabled={isBusy}
        onChange={(event) => setAllowOlder(event.currentTarget.checked)}
      />
      <div className={classes.actions}>
        <ActionButton
          leftSection={<IconUpload size={16} aria-hidden />}
          loading={isBusy}
          disabledReason={disabledReason}
          onClick={() => void start()}
        >
          {isRetry && !isBusy ? t('signatures.upload.resume') : t('signatures.upload.start', { count: state.files.length })}
        </ActionButton>
        <ActionButton variant="default" disabledReason={isBusy ? t('signatures.upload.busy') : undefined} onClick={resetImport}>
          {t('signatures.upload.clear')}
        </ActionButton>
      </div>
    </>
  )
}
