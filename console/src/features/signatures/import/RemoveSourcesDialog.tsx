import { useTranslation } from 'react-i18next'
import { startImport } from '../../../api/queries/signatures.js'
import { ConfirmDialog } from '../../../forms/ConfirmDialog.js'
import { useSignatureChange } from '../use-signature-change.js'

interface TakeOutDialogProps {
  /** As the status lists it. */
  path: string
  onStarted: (importId: string) => void
  onClose: () => void
}

/** Says what becomes of the nodes, before a database is taken out. */
export function RemoveSourcesDialog({ path, onStarted, onClose }: TakeOutDialogProps) {
  const { t } = useTranslation()
  const takeOut = async () => onStarted((await startImport({ remove: [path] })).importId)
  const change = useSignatureChange(takeOut, onClose)
  return (
    <ConfirmDialog
      title={t('signatures.sources.dialog', { path })}
      confirm={t('signatures.sources.takeOut')}
      color="red.9"
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate(undefined)}
      onClose={onClose}
    >
      <p>{t('signatures.sources.then')}</p>
      <p>{t('signatures.sources.wayBack')}</p>
    </ConfirmDialog>
  )
}
