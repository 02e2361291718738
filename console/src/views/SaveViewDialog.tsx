import { VIEW_NAME_MAX } from '@guardimesh/contracts'
import { Switch, TextInput } from '@mantine/core'
import { Controller, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormModal } from '../forms/FormModal.js'
import type { ListViewsState } from './use-list-views.js'

interface SaveViewDialogProps {
  state: ListViewsState
  name: string
  isShared: boolean
  onClose: () => void
}

/** Saves filters, order, columns and density under a name. */
export function SaveViewDialog({ state: { save }, name, isShared, onClose }: SaveViewDialogProps) {
  const { t } = useTranslation()
  const { control, register, handleSubmit, formState } = useForm({ defaultValues: { name, isShared } })
  return (
    <FormModal
      title={t('views.dialog.title')}
      submitLabel={t('views.dialog.submit')}
      isDirty={formState.isDirty}
      isPending={save.isPending}
      error={save.error}
      onSubmit={handleSubmit((values) => save.mutate({ ...values, name: values.name.trim() }, { onSuccess: onClose }))}
      onClose={onClose}
    >
      <TextInput
        {...register('name', { validate: (text) => text.trim() !== '' || t('views.dialog.nameRequired') })}
        label={t('views.dialog.name')}
        description={t('views.dialog.nameHint')}
        maxLength={VIEW_NAME_MAX}
        data-autofocus
        error={formState.errors.name?.message}
      />
      <Controller
        control={control}
        name="isShared"
        render={({ field: { value, ...field } }) => (
          <Switch {...field} checked={value} label={t('views.dialog.shared')} description={t('views.dialog.sharedHint')} />
        )}
      />
    </FormModal>
  )
}
