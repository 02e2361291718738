import { DIGEST_MINUTES, type NotificationChannel } from '@guardimesh/contracts'
import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { Controller, useController, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from '../../forms/form-text.js'
import forms from '../../forms/forms.module.css'
import type { RuleControl } from './rule-form.js'

interface FieldProps {
  control: RuleControl
}

/** When the channel is notified, and when another one is. */
export function RuleTimingFields({ control, channels }: FieldProps & { channels: readonly NotificationChannel[] }) {
  const { t } = useTranslation()
  const isQuiet = useWatch({ control, name: 'hasQuietHours' })
  return (
    <>
      <div className={forms.pair}>
        <DigestField control={control} />
        <MinutesField control={control} name="coolDownMinutes" hint={t('notifications.rule.coolDownHint')} />
      </div>
      <Controller
        control={control}
        name="hasQuietHours"
        render={({ field: { value, ...field } }) => (
          <Checkbox
            {...field}
            checked={value}
            label={t('notifications.rule.quietHours')}
            description={t('notifications.rule.quietHoursHint')}
          />
        )}
      />
      {isQuiet ? <QuietHoursFields control={control} /> : null}
      <EscalationFields control={control} channels={channels} />
    </>
  )
}

function DigestField({ control }: FieldProps) {
  const { t } = useTranslation()
  const { field } = useController({ control, name: 'digestMinutes' })
  return (
    <Select
      {...field}
      label={t('notifications.rule.digest')}
      description={t('notifications.rule.digestHint')}
      data={DIGEST_MINUTES.map((minutes) => ({ value: String(minutes), label: t(`notifications.rule.digestOption.${minutes}`) }))}
      allowDeselect={false}
    />
  )
}

function MinutesField({ control, name, hint }: FieldProps & { name: 'coolDownMinutes' | 'escalationMinutes'; hint?: string }) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name })
  return (
    <NumberInput
      {...field}
      label={t(`notifications.rule.${name}`)}
      description={hint}
      error={invalidText(fieldState.error?.message)}
      allowDecimal={false}
      min={0}
      hideControls
    />
  )
}

function QuietHoursFields({ control }: FieldProps) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name: 'timeZone' })
  return (
    <>
      <div className={forms.pair}>
        <TimeField control={control} name="from" />
        <TimeField control={control} name="to" />
        <Select
          {...field}
          onChange={(value) => field.onChange(value ?? '')}
          label={t('notifications.rule.timeZone')}
          error={invalidText(fieldState.error?.message)}
          data={[...new Set(['UTC', field.value, ...Intl.supportedValuesOf('timeZone')])].filter((zone) => zone !== '')}
          searchable
          allowDeselect={false}
        />
      </div>
      <Controller
        control={control}
        name="passCritical"
        render={({ field: { value, ...checked } }) => (
          <Checkbox {...checked} checked={value} label={t('notifications.rule.passCritical')} />
        )}
      />
    </>
  )
}

function TimeField({ control, name }: FieldProps & { name: 'from' | 'to' }) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name })
  return <TextInput {...field} type="time" label={t(`notifications.rule.${name}`)} error={invalidText(fieldState.error?.message)} />
}

function EscalationFields({ control, channels }: FieldProps & { channels: readonly NotificationChannel[] }) {
  const { t } = useTranslation()
  const channelId = useWatch({ control, name: 'channelId' })
  const { field } = useController({ control, name: 'escalationChannelId' })
  const others = channels.filter((channel) => channel.channelId !== channelId)
  return (
    <div className={forms.pair}>
      <Select
        {...field}
        onChange={(value) => field.onChange(value ?? '')}
        label={t('notifications.rule.escalationChannel')}
        description={t('notifications.rule.escalationHint')}
        data={[
          { value: '', label: t('notifications.rule.noEscalation') },
          ...others.map(({ channelId: value, name: label }) => ({ value, label })),
        ]}
        allowDeselect={false}
      />
      {field.value === '' ? null : <MinutesField control={control} name="escalationMinutes" />}
    </div>
  )
}
