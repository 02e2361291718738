import { Button, type MantineColor } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../ui/ActionButton.js'
import { Dialog, type DialogProps } from './Dialog.js'
import { DiscardDialog } from './DiscardDialog.js'
import { FormProblem } from './FormProblem.js'
import classes from './forms.module.css'
import { LeaveGuard } from './LeaveGuard.js'

export interface FormModalProps extends Omit<DialogProps, 'lockedReason'> {
  /** Label of the submit button. */
  submitLabel: string
  submitColor?: MantineColor | undefined
  /** Why the form can't be submitted; undefined if it can. */
  submitDisabledReason?: string | undefined
  /** True for dangerous actions: Cancel has the focus first. */
  isCancelFocused?: boolean
  /** True if the form has unsaved input: closing asks first. */
  isDirty?: boolean
  isPending?: boolean
  error?: Error | null
  onSubmit: (event: FormEvent) => unknown
}

/** A dialog with a form: error, fields, submit and Cancel. */
export function FormModal({
  submitLabel,
  submitColor,
  submitDisabledReason,
  isCancelFocused = false,
  isDirty = false,
  isPending = false,
  error = null,
  onSubmit,
  onClose,
  children,
  ...dialog
}: FormModalProps) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const close = () => (isDirty && !isPending ? setAsking(true) : onClose())
  return (
    <Dialog {...dialog} onClose={close}>
      <form className={classes.form} onSubmit={(event) => void onSubmit(event)} noValidate>
        <FormProblem error={error} />
        {children}
        <div className={classes.buttons}>
          <ActionButton
            type="submit"
            loading={isPending}
            disabledReason={submitDisabledReason}
            {...(submitColor === undefined ? {} : { color: submitColor })}
          >
            {submitLabel}
          </ActionButton>
          <Button variant="default" onClick={close} data-autofocus={isCancelFocused || undefined}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
      <LeaveGuard isDirty={isDirty && !isPending} />
      {isAsking ? <DiscardDialog onDiscard={onClose} onKeep={() => setAsking(false)} /> : null}
    </Dialog>
  )
}
