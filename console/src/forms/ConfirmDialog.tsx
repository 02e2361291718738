import { Button, type MantineColor, Modal, Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormProblem } from './FormProblem.js'
import classes from './forms.module.css'

/** The bound of every `reason` of the contract that a dialog asks for. */
const REASON_MAX_LENGTH = 1000

interface ConfirmDialogProps {
  title: string
  /** What will happen. */
  children: ReactNode
  confirm: string
  color?: MantineColor
  /** True: asks why, for the audit log. */
  hasReason?: boolean
  isPending: boolean
  error: Error | null
  /** @param reason trimmed; empty when none was given. */
  onConfirm: (reason: string) => void
  onClose: () => void
}

/** Says what will happen before it does. */
export function ConfirmDialog({ title, children, confirm, color, hasReason = false, onClose, ...props }: ConfirmDialogProps) {
  const { t } = useTranslation()
  const { register, handleSubmit } = useForm({ defaultValues: { reason: '' } })
  const submit = handleSubmit(({ reason }) => props.onConfirm(reason.trim()))
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <FormProblem error={props.error} />
        <div className={classes.words}>{children}</div>
        {hasReason ? (
          <Textarea
            {...register('reason')}
            label={t('form.reason')}
            description={t('form.reasonHint')}
            autosize
            minRows={2}
            maxLength={REASON_MAX_LENGTH}
          />
        ) : null}
        <div className={classes.buttons}>
          <Button type="submit" loading={props.isPending} {...(color === undefined ? {} : { color })}>
            {confirm}
          </Button>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
