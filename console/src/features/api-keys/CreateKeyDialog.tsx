import { API_KEY_SCOPES, CreateApiKey, type CreatedApiKey } from '@guardimesh/contracts'
import { zodResolver } from '@hookform/resolvers/zod'
import { Checkbox, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { apiKeysKey, createApiKey } from '../../api/queries/api-keys.js'
import { Dialog } from '../../forms/Dialog.js'
import { FormModal } from '../../forms/FormModal.js'
import classes from '../../forms/forms.module.css'
import { ActionButton } from '../../ui/ActionButton.js'
import { Callout } from '../../ui/Callout.js'
import { CopyableText } from '../../ui/CopyableText.js'

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

function CreateForm({ onSubmit, ...modal }: CreateFormProps) {
  const { t } = useTranslation()
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
    </FormModal>
  )
}

/** The key can't be shown again, so the dialog stays open until the key was copied or the user confirmed that it is stored. */
function NewKeyDialog({ created, onClose }: { created: CreatedApiKey; onClose: () => void }) {
  const { t } = useTranslation()
  const [isStored, setStored] = useState(false)
  const lockedReason = isStored ? undefined : t('apiKeys.created.notStored')
  return (
    <Dialog title={t('apiKeys.created.title')} size="lg" lockedReason={lockedReason} closeOnClickOutside={false} onClose={onClose}>
      <div className={classes.form}>
        <Callout role="status" tone="warn" title={t('apiKeys.created.once')}>
          {t('apiKeys.created.text', { label: created.label })}
        </Callout>
        <CopyableText text={created.key} label={t('apiKeys.created.copy')} onCopied={() => setStored(true)} />
        <Checkbox label={t('apiKeys.created.confirm')} checked={isStored} onChange={(event) => setStored(event.currentTarget.checked)} />
        <div className={classes.buttons}>
          <ActionButton disabledReason={lockedReason} onClick={onClose}>
            {t('apiKeys.created.close')}
          </ActionButton>
        </div>
      </div>
    </Dialog>
  )
}
