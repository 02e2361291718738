import type { SignatureSettings } from '@guardimesh/contracts'
import { IconPin, IconPinnedOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { putSignatureSettings } from '../../../api/queries/signatures.js'
import { ConfirmDialog } from '../../../forms/ConfirmDialog.js'
import { ActionButton } from '../../../ui/ActionButton.js'
import classes from '../signatures.module.css'
import { useChangeReason } from '../use-change-reason.js'
import { useSignatureChange } from '../use-signature-change.js'

/** Whether the live generation stays whatever is imported, and a way to change that. */
export function PinLine({ settings }: { settings: SignatureSettings }) {
  const { t } = useTranslation()
  const reason = useChangeReason()
  const [isAsked, setAsked] = useState(false)
  const close = () => setAsked(false)
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
        onClick={() => setAsked(true)}
      >
        {t(`signatures.pin.${action}.open`)}
      </ActionButton>
      {isAsked ? (
        <ConfirmDialog
          title={t(`signatures.pin.${action}.title`)}
          confirm={t(`signatures.pin.${action}.open`)}
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
