import { API_KEY_SCOPES, CreateApiKey, type CreatedApiKey, DAY_MS } from '@guardimesh/contracts'
import { zodResolver } from '@hookform/resolvers/zod'
import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { apiKeysKey, createApiKey } from '../../api/queries/api-keys.js'
import { FormModal } from '../../forms/FormModal.js'
import classes from '../../forms/forms.module.css'
import { ShownOnceDialog } from '../../forms/ShownOnceDialog.js'

/** Creates a key, then shows it once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const create = useMutation({
    mutationFn: createApiKey,
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysKey }),
    // The key must not remain in memory after the dialog is closed.
    gcTime: 0,
  })
  return create.data ? (
    <NewKeyDialog created={create.data} onClose={onClose} />
  ) : (
    <CreateForm onSubmit={(values) => create.mutate(values)} isPending={create.isPending} error={create.error} onClose={onClose} />
  )
}

interface CreateFormProps {
  onSubmit: (values: CreateApiKey) => void
  isPending: boolean
  error: Error | null
  onClose: () => void
}

/** 0: the key does not expire. */
const LIFETIMES_DAYS = [0, 30, 90, 365] as const

/** Returns the time at which a key expires that is created now. @param days as the select returns it. */
function expiryOf(days: string | null): string | null {
  return days === null || days === '0' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString()
}

function CreateForm({ onSubmit, ...modal }: CreateFormProps) {
  const { t } = useTranslation()
  const lifetimeText = (days: number) => (days === 0 ? t('apiKeys.create.never') : t('apiKeys.create.days', { count: days }))
  const { register, control, handleSubmit, formState } = useForm<CreateApiKey>({
    resolver: zodResolver(CreateApiKey),
    defaultValues: { label: '', scopes: ['ingestion'] },
  })
  return (
    <FormModal
      {...modal}
      size="lg"
      title={t('apiKeys.create.title')}
      submitLabel={t('apiKeys.create.submit')}
      isDirty={formState.isDirty}
      onSubmit={handleSubmit(onSubmit)}
    >
      <TextInput
        {...register('label')}
        label={t('apiKeys.create.label')}
        description={t('apiKeys.create.labelHint')}
        maxLength={100}
        data-autofocus
        error={formState.errors.label ? t('form.invalid.label') : undefined}
      />
      <Controller
        control={control}
        name="scopes"
        render={({ field }) => (
          <Checkbox.Group
            label={t('apiKeys.create.scopes')}
            value={field.value}
            onChange={field.onChange}
            error={formState.errors.scopes ? t('form.invalid.scopes') : undefined}
          >
            <div className={classes.form}>
              {API_KEY_SCOPES.map((scope) => (
                <Checkbox
                  key={scope}
                  value={scope}
                  label={t(`apiKeys.scope.${scope}.name`)}
                  description={t(`apiKeys.scope.${scope}.meaning`)}
                />
              ))}
            </div>
          </Checkbox.Group>
        )}
      />
      <NativeSelect
        label={t('apiKeys.create.expires')}
        description={t('apiKeys.create.expiresHint')}
        data={LIFETIMES_DAYS.map((days) => ({ value: String(days), label: lifetimeText(days) }))}
        {...register('expiresAt', { setValueAs: expiryOf })}
      />
    </FormModal>
  )
}

function NewKeyDialog({ created, onClose }: { created: CreatedApiKey; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <ShownOnceDialog
      title={t('apiKeys.created.title')}
      warning={t('apiKeys.created.once')}
      text={created.key}
      copyLabel={t('apiKeys.created.copy')}
      confirmLabel={t('apiKeys.created.confirm')}
      lockedReason={t('apiKeys.created.notStored')}
      onClose={onClose}
    >
      {t('apiKeys.created.text', { label: created.label })}
    </ShownOnceDialog>
  )
}
