import { useTranslation } from 'react-i18next'
import { startImport } from '../../../api/queries/signatures.js'
import { ConfirmDialog } from '../../../forms/ConfirmDialog.js'
import { useSignatureChange } from '../use-signature-change.js'

interface RemoveSourceDialogProps {
  /** Path in the server status. */
  path: string
  onStarted: (importId: string) => void
  onClose: () => void
}

/** Confirms the removal of an imported file. */
export function RemoveSourceDialog({ path, onStarted, onClose }: RemoveSourceDialogProps) {
  const { t } = useTranslation()
  const remove = async () => onStarted((await startImport({ remove: [path] })).importId)
  const change = useSignatureChange(remove, onClose)
  return (
    <ConfirmDialog
      title={t('signatures.sources.dialog', { path })}
      confirmLabel={t('signatures.sources.remove')}
      color="red.9"
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate(undefined)}
      onClose={onClose}
    >
      <p>{t('signatures.sources.then')}</p>
      <p>{t('signatures.sources.undo')}</p>
    </ConfirmDialog>
  )
}
