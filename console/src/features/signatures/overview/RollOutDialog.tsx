import type { ChangeRollOut, RollOut } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { changeRollOut } from '../../../api/queries/signatures.js'
import { ConfirmDialog } from '../../../forms/ConfirmDialog.js'
import { useSignatureChange } from '../use-signature-change.js'

interface RollOutDialogProps {
  action: ChangeRollOut['action']
  rollOut: RollOut
  onClose: () => void
}

/** Confirms promoting, holding or discarding a rollout. */
export function RollOutDialog({ action, rollOut: { generation, state }, onClose }: RollOutDialogProps) {
  const { t } = useTranslation()
  const change = useSignatureChange(changeRollOut, onClose)
  return (
    <ConfirmDialog
      title={t(`signatures.rollOut.action.${action}.title`, { generation })}
      confirmLabel={t(`signatures.rollOut.action.${action}.open`)}
      {...(action === 'hold' || (action === 'promote' && state === 'canary') ? {} : { color: 'red.9' })}
      hasReason
      isPending={change.isPending}
      error={change.error}
      onConfirm={(reason) => change.mutate({ action, generation, reason })}
      onClose={onClose}
    >
      <p>{t(`signatures.rollOut.action.${action}.text`)}</p>
    </ConfirmDialog>
  )
}
