import { type MantineSize, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsTopDialog } from './use-is-top-dialog.js'
import { useReturnFocus } from './use-return-focus.js'

export interface DialogProps {
  title: string
  size?: MantineSize | (string & {})
  /** Why the dialog can't be closed yet; undefined if it can. Escape and the close button have no effect meanwhile. */
  lockedReason?: string | undefined
  /** False if a click outside would lose input. */
  closeOnClickOutside?: boolean
  onClose: () => void
  children: ReactNode
}

/** A modal dialog, open while it is mounted. Focus returns to the control that opened it. */
export function Dialog({ title, size = 'md', lockedReason, closeOnClickOutside = true, onClose, children }: DialogProps) {
  const { t } = useTranslation()
  const isLocked = lockedReason !== undefined
  const isTop = useIsTopDialog()
  useReturnFocus()
  return (
    <Modal
      opened
      // Mantine returns the focus only from a modal that was mounted while closed.
      returnFocus={false}
      onClose={() => {
        if (isTop()) onClose()
      }}
      title={title}
      size={size}
      closeOnEscape={!isLocked}
      closeOnClickOutside={closeOnClickOutside && !isLocked}
      closeButtonProps={{ 'aria-label': t('action.close'), disabled: isLocked, title: lockedReason }}
    >
      {children}
    </Modal>
  )
}
