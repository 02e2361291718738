import { Button, type MantineColor } from '@mantine/core'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../ui/ActionButton.js'
import { Dialog, type DialogProps } from './Dialog.js'
import { FormProblem } from './FormProblem.js'
import classes from './forms.module.css'

export interface FormModalProps extends Omit<DialogProps, 'lockedReason'> {
  /** Label of the submit button. */
  submitLabel: string
  submitColor?: MantineColor | undefined
  /** Why the form can't be submitted; undefined if it can. */
  submitDisabledReason?: string | undefined
  /** True for dangerous actions: Cancel has the focus first. */
  isCancelFocused?: boolean
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
  isPending = false,
  error = null,
  onSubmit,
  children,
  ...dialog
}: FormModalProps) {
  const { t } = useTranslation()
  return (
    <Dialog {...dialog}>
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
          <Button variant="default" onClick={dialog.onClose} data-autofocus={isCancelFocused || undefined}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
