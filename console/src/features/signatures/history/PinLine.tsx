import type { SignatureSettings } from '@guardimesh/contracts'
import { IconPin, IconPinnedOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { putSignatureSettings } from '../../../api/queries/signatures.js'
import { ConfirmDialog } from '../../../forms/ConfirmDialog.js'
import { ActionButton } from '../../../ui/ActionButton.js'
import classes from '../signatures.module.css'
import { useReadOnlyReason } from '../use-read-only-reason.js'
import { useSignatureChange } from '../use-signature-change.js'

/** Pin state of the active generation, with a button that changes it. */
export function PinLine({ settings }: { settings: SignatureSettings }) {
  const { t } = useTranslation()
  const reason = useReadOnlyReason()
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  const save = useSignatureChange(putSignatureSettings, close)
  const action = settings.pinned ? 'unpin' : 'pin'
  const Icon = settings.pinned ? IconPinnedOff : IconPin
  return (
    <div className={classes.inline}>
      <span>{t(`signatures.pin.${settings.pinned ? 'isPinned' : 'isFree'}`)}</span>
      <ActionButton
        size="compact-sm"
        variant="default"
        leftSection={<Icon size={14} aria-hidden />}
        disabledReason={reason}
        onClick={() => setOpen(true)}
      >
        {t(`signatures.pin.${action}.open`)}
      </ActionButton>
      {isOpen ? (
        <ConfirmDialog
          title={t(`signatures.pin.${action}.title`)}
          confirmLabel={t(`signatures.pin.${action}.open`)}
          isPending={save.isPending}
          error={save.error}
          onConfirm={() => save.mutate({ ...settings, pinned: !settings.pinned })}
          onClose={close}
        >
          <p>{t(`signatures.pin.${action}.text`)}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  )
}
