import { type MantineColor, Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormModal } from './FormModal.js'
import classes from './forms.module.css'

/** Maximum length of a `reason` in the API. */
const REASON_MAX_LENGTH = 1000

interface ConfirmDialogProps {
  title: string
  /** Consequences of the action. */
  children: ReactNode
  confirmLabel: string
  color?: MantineColor
  /** True: asks for a reason, which is recorded in the audit log. */
  hasReason?: boolean
  isPending?: boolean
  error?: Error | null
  /** @param reason trimmed; empty if none was entered. */
  onConfirm: (reason: string) => void
  onClose: () => void
}

/** Asks for confirmation and explains the consequences of an action. */
export function ConfirmDialog({ children, confirmLabel, color, hasReason = false, onConfirm, ...modal }: ConfirmDialogProps) {
  const { t } = useTranslation()
  const { register, handleSubmit } = useForm({ defaultValues: { reason: '' } })
  return (
    <FormModal
      {...modal}
      size="lg"
      submitLabel={confirmLabel}
      submitColor={color}
      isCancelFocused
      onSubmit={handleSubmit(({ reason }) => onConfirm(reason.trim()))}
    >
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
    </FormModal>
  )
}
