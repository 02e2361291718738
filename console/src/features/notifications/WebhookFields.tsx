import { Checkbox, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core'
import { Controller, useController, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from '../../forms/form-text.js'
import forms from '../../forms/forms.module.css'
import type { ChannelControl } from './channel-form.js'
import { HeadersField } from './HeadersField.js'

interface FieldsProps {
  control: ChannelControl
}

/** URL, method, authentication and headers of a webhook. */
export function WebhookFields({ control, hasSecret }: FieldsProps & { hasSecret: boolean }) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field: url, fieldState: urlState } = useController({ control, name: 'url' })
  return (
    <>
      <TextInput
        {...url}
        label={t('notifications.form.url')}
        description={t('notifications.form.urlHint')}
        error={invalidText(urlState.error?.message)}
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
        maxLength={2048}
      />
      <MethodFields control={control} />
      <Controller
        control={control}
        name="isTlsVerified"
        render={({ field: { value, ...field } }) => (
          <Checkbox
            {...field}
            checked={value}
            label={t('notifications.form.isTlsVerified')}
            description={t('notifications.form.isTlsVerifiedHint')}
          />
        )}
      />
      <SecretField control={control} hasSecret={hasSecret} />
      <HeadersField control={control} />
    </>
  )
}

function MethodFields({ control }: FieldsProps) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field: seconds, fieldState } = useController({ control, name: 'timeoutSeconds' })
  return (
    <div className={forms.pair}>
      <Controller
        control={control}
        name="method"
        render={({ field }) => (
          <Select
            {...field}
            label={t('notifications.form.method')}
            description={t('notifications.form.methodHint')}
            data={['POST', 'PUT']}
            allowDeselect={false}
          />
        )}
      />
      <NumberInput
        {...seconds}
        label={t('notifications.form.timeoutSeconds')}
        description={t('notifications.form.timeoutSecondsHint')}
        error={invalidText(fieldState.error?.message)}
        suffix={` ${t('unit.seconds')}`}
        allowDecimal={false}
        min={0}
        hideControls
      />
    </div>
  )
}

function SecretField({ control, hasSecret }: FieldsProps & { hasSecret: boolean }) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name: 'secret' })
  const isRemoved = useWatch({ control, name: 'isSecretRemoved' })
  return (
    <>
      <PasswordInput
        {...field}
        label={t('notifications.form.secret')}
        description={`${t('notifications.form.secretHint')}${hasSecret ? ` ${t('notifications.form.secretIsSet')}` : ''}`}
        error={invalidText(fieldState.error?.message)}
        autoComplete="new-password"
        maxLength={256}
        disabled={isRemoved}
        visibilityToggleButtonProps={{ 'aria-label': t('form.showPassword') }}
      />
      {hasSecret ? (
        <Controller
          control={control}
          name="isSecretRemoved"
          render={({ field: { value, ...removed } }) => (
            <Checkbox {...removed} checked={value} label={t('notifications.form.removeSecret')} />
          )}
        />
      ) : null}
    </>
  )
}
