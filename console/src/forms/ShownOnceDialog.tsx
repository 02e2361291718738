import { Checkbox } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../ui/ActionButton.js'
import { Callout } from '../ui/Callout.js'
import { CopyableText } from '../ui/CopyableText.js'
import { Dialog } from './Dialog.js'
import classes from './forms.module.css'

interface ShownOnceDialogProps {
  title: string
  /** Title of the warning that the text can't be shown again. */
  warning: string
  children: ReactNode
  /** What the dialog shows. */
  text: string
  copyLabel: string
  /** Label of the checkbox with which the user confirms that the text is stored. */
  confirmLabel: string
  /** Why the dialog can't be closed yet. */
  lockedReason: string
  onClose: () => void
}

/** Shows a secret that can't be shown again; stays open until it was copied or the user confirmed that it is stored. */
export function ShownOnceDialog({ title, warning, children, text, copyLabel, confirmLabel, onClose, ...rest }: ShownOnceDialogProps) {
  const { t } = useTranslation()
  const [isStored, setStored] = useState(false)
  const lockedReason = isStored ? undefined : rest.lockedReason
  return (
    <Dialog title={title} size="lg" lockedReason={lockedReason} closeOnClickOutside={false} onClose={onClose}>
      <div className={classes.form}>
        <Callout role="status" tone="warn" title={warning}>
          {children}
        </Callout>
        <CopyableText text={text} label={copyLabel} onCopied={() => setStored(true)} />
        <Checkbox label={confirmLabel} checked={isStored} onChange={(event) => setStored(event.currentTarget.checked)} />
        <div className={classes.buttons}>
          <ActionButton disabledReason={lockedReason} onClick={onClose}>
            {t('action.done')}
          </ActionButton>
        </div>
      </div>
    </Dialog>
  )
}
