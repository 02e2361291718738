import { EXCEPTION_REASON_MAX_LENGTH, type ExceptionView } from '@guardimesh/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { changeException, exceptionsKey } from '../../api/queries/exceptions.js'
import { FormModal } from '../../forms/FormModal.js'
import { formatUtc } from '../../ui/format-time.js'
import { CriteriaText } from './CriteriaText.js'
import { type ChangeForm, resolveChange } from './exception-form.js'
import { ReasonField, ValidityField } from './ReasonFields.js'

interface EditExceptionDialogProps {
  exception: ExceptionView
  onDone: (text: string) => void
  onClose: () => void
}

/** Changes reason and expiry; the criteria stay, so that earlier marks keep their meaning. */
export function EditExceptionDialog({ exception, onDone, onClose }: EditExceptionDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { exceptionId, expiresAt } = exception
  const form = useForm<ChangeForm, unknown, Omit<Parameters<typeof changeException>[0], 'exceptionId'>>({
    resolver: resolveChange,
    defaultValues: { reason: exception.reason, validity: '' },
  })
  const save = useMutation({
    mutationFn: changeException,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: exceptionsKey })
      onDone(t('exceptions.done.changed', { exceptionId }))
      onClose()
    },
  })
  const current = expiresAt === null ? t('exceptions.validity.never') : t('exceptions.validity.until', { at: formatUtc(expiresAt) })
  return (
    <FormModal
      title={t('exceptions.edit.title', { exceptionId })}
      size="lg"
      submitLabel={t('action.save')}
      isDirty={form.formState.isDirty}
      isPending={save.isPending}
      error={save.error}
      onSubmit={form.handleSubmit((change) => save.mutate({ exceptionId, ...change }))}
      onClose={onClose}
    >
      <CriteriaText criteria={exception.criteria} />
      <ReasonField
        registered={form.register('reason')}
        error={form.formState.errors.reason?.message}
        maxLength={EXCEPTION_REASON_MAX_LENGTH}
      />
      <ValidityField registered={form.register('validity')} unchangedLabel={t('exceptions.validity.unchanged', { current })} />
    </FormModal>
  )
}
