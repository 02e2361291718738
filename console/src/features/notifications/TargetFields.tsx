import { KINDS_WITH_REQUIRED_SECRET, type NotificationChannelKind } from '@guardimesh/contracts'
import { Checkbox, NumberInput, PasswordInput, Select, Textarea, TextInput } from '@mantine/core'
import { Controller, useController, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from '../../forms/form-text.js'
import forms from '../../forms/forms.module.css'
import type { ChannelControl } from './channel-form.js'
import { HeadersField } from './HeadersField.js'
import { FIELD_OPTIONS, fieldsOf, KINDS_WITH_HEADERS, KINDS_WITHOUT_SECRET, type TargetField } from './target-fields.js'

interface FieldsProps {
  control: ChannelControl
  kind: NotificationChannelKind
}

/** Address, authentication and transport of a receiver of one kind. */
export function TargetFields({ control, kind, hasSecret }: FieldsProps & { hasSecret: boolean }) {
  const names = fieldsOf(kind)
  const [first, ...others] = names
  return (
    <>
      {first ? <TargetInput control={control} kind={kind} name={first} /> : null}
      {KINDS_WITHOUT_SECRET.has(kind) || first ? null : <SecretField control={control} kind={kind} hasSecret={hasSecret} />}
      {others.length === 0 ? null : (
        <div className={forms.pair}>
          {others.map((name) => (
            <TargetInput key={name} control={control} kind={kind} name={name} />
          ))}
        </div>
      )}
      {KINDS_WITHOUT_SECRET.has(kind) || !first ? null : <SecretField control={control} kind={kind} hasSecret={hasSecret} />}
      {KINDS_WITH_HEADERS.has(kind) ? <HeadersField control={control} /> : null}
      <TransportFields control={control} />
    </>
  )
}

function TargetInput({ control, kind, name }: FieldsProps & { name: TargetField }) {
  const { t, i18n } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name })
  const ofKind = `notifications.form.hints.${kind}.${name}`
  const texts = {
    label: t(`notifications.form.${name}`),
    description: i18n.exists(ofKind) ? t(ofKind as 'notifications.form.urlHint') : t(`notifications.form.${name}Hint`),
    error: invalidText(fieldState.error?.message),
  }
  const options = FIELD_OPTIONS[name]
  if (options) {
    const data = options.map((value) => ({ value, label: t(`notifications.option.${value}` as 'notifications.option.tls') }))
    return <Select {...field} {...texts} value={String(field.value)} data={data} allowDeselect={false} />
  }
  if (name === 'port') return <NumberInput {...field} {...texts} allowDecimal={false} min={0} hideControls thousandSeparator={false} />
  return (
    <TextInput {...field} {...texts} inputMode={name === 'url' ? 'url' : 'text'} spellCheck={false} autoComplete="off" maxLength={2048} />
  )
}

function SecretField({ control, kind, hasSecret }: FieldsProps & { hasSecret: boolean }) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name: 'secret' })
  const isRemoved = useWatch({ control, name: 'isSecretRemoved' })
  const isRemovable = hasSecret && !KINDS_WITH_REQUIRED_SECRET.has(kind)
  return (
    <>
      <PasswordInput
        {...field}
        label={t(`notifications.form.secrets.${kind as 'webhook'}`)}
        description={`${t(`notifications.form.secretHints.${kind as 'webhook'}`)}${hasSecret ? ` ${t('notifications.form.secretIsSet')}` : ''}`}
        error={invalidText(fieldState.error?.message)}
        autoComplete="new-password"
        maxLength={4096}
        disabled={isRemoved}
        visibilityToggleButtonProps={{ 'aria-label': t('form.showPassword') }}
      />
      {isRemovable ? (
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

function TransportFields({ control }: Pick<FieldsProps, 'control'>) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field: seconds, fieldState } = useController({ control, name: 'timeoutSeconds' })
  const { field: certificate, fieldState: certificateState } = useController({ control, name: 'caCertificate' })
  return (
    <>
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
      <Textarea
        {...certificate}
        label={t('notifications.form.caCertificate')}
        description={t('notifications.form.caCertificateHint')}
        error={invalidText(certificateState.error?.message)}
        spellCheck={false}
        autoComplete="off"
        autosize
        minRows={1}
        maxRows={6}
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
    </>
  )
}
