import { API_KEY_SCOPES, CreateApiKey, type CreatedApiKey } from '@guardimesh/contracts'
import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { apiKeysKey, createApiKey } from '../../api/queries/api-keys.js'
import { FormProblem } from '../../forms/FormProblem.js'
import classes from '../../forms/forms.module.css'
import { Callout } from '../../ui/Callout.js'
import { CopyableText } from '../../ui/CopyableText.js'

/** Two steps: what the key is for, then the key itself, which is shown this once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const create = useMutation({
    mutationFn: createApiKey,
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysKey }),
    // The key must not stay in memory after the dialog is gone.
    gcTime: 0,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(create.data ? 'apiKeys.created.title' : 'apiKeys.create.title')}
      closeOnClickOutside={!create.data}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      size="lg"
    >
      {create.data ? (
        <KeyOnce created={create.data} onClose={onClose} />
      ) : (
        <CreateForm onSubmit={(values) => create.mutate(values)} isPending={create.isPending} error={create.error} />
      )}
    </Modal>
  )
}

interface CreateFormProps {
  onSubmit: (values: CreateApiKey) => void
  isPending: boolean
  error: Error | null
}

function CreateForm({ onSubmit, isPending, error }: CreateFormProps) {
  const { t } = useTranslation()
  const { register, control, handleSubmit, formState } = useForm<CreateApiKey>({
    resolver: zodResolver(CreateApiKey),
    defaultValues: { label: '', scopes: ['ingestion'] },
  })
  const submit = handleSubmit(onSubmit)
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      <FormProblem error={error} />
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
      <div className={classes.buttons}>
        <Button type="submit" loading={isPending}>
          {t('apiKeys.create.submit')}
        </Button>
      </div>
    </form>
  )
}

function KeyOnce({ created, onClose }: { created: CreatedApiKey; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={classes.form}>
      <Callout role="status" tone="warn" title={t('apiKeys.created.once')}>
        {t('apiKeys.created.text', { label: created.label })}
      </Callout>
      <CopyableText text={created.key} label={t('apiKeys.created.copy')} />
      <div className={classes.buttons}>
        <Button onClick={onClose}>{t('apiKeys.created.close')}</Button>
      </div>
    </div>
  )
}
