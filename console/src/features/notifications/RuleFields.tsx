import { INCIDENT_ALERT_KINDS, NOTIFICATION_EVENT_KINDS, SEVERITIES } from '@guardimesh/contracts'
import { Checkbox, Select, TextInput } from '@mantine/core'
import { Controller, useController, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from '../../forms/form-text.js'
import forms from '../../forms/forms.module.css'
import type { ChannelControl } from './channel-form.js'
import { useEventText } from './use-event-text.js'

interface FieldProps {
  control: ChannelControl
}

/** Which events a channel receives. */
export function RuleFields({ control }: FieldProps) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const eventText = useEventText()
  const { field, fieldState } = useController({ control, name: 'events' })
  return (
    <>
      <Checkbox.Group
        label={t('notifications.form.events')}
        value={field.value}
        onChange={field.onChange}
        error={invalidText(fieldState.error?.message)}
      >
        <div className={forms.form}>
          {NOTIFICATION_EVENT_KINDS.map((kind) => (
            <Checkbox key={kind} value={kind} label={eventText(kind)} />
          ))}
        </div>
      </Checkbox.Group>
      <Controller
        control={control}
        name="sendResolved"
        render={({ field: { value, ...rest } }) => <Checkbox {...rest} checked={value} label={t('notifications.form.sendResolved')} />}
      />
      <FindingFields control={control} />
    </>
  )
}

/** Only useful while an event of incidents is selected. */
function FindingFields({ control }: FieldProps) {
  const { t } = useTranslation()
  const events = useWatch({ control, name: 'events' })
  const { field } = useController({ control, name: 'minSeverity' })
  if (!INCIDENT_ALERT_KINDS.some((kind) => events.includes(kind))) return null
  return (
    <div className={forms.pair}>
      <Select
        {...field}
        label={t('notifications.form.minSeverity')}
        description={t('notifications.form.minSeverityHint')}
        data={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
        allowDeselect={false}
      />
      {(['clusters', 'namespaces', 'signatures'] as const).map((name) => (
        <PatternsField key={name} control={control} name={name} />
      ))}
    </div>
  )
}

function PatternsField({ control, name }: FieldProps & { name: 'clusters' | 'namespaces' | 'signatures' }) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name })
  return (
    <TextInput
      {...field}
      label={t(`notifications.form.${name}`)}
      description={t('notifications.form.patternsHint')}
      placeholder={t('notifications.form.all')}
      error={invalidText(fieldState.error?.message)}
      spellCheck={false}
      autoComplete="off"
    />
  )
}
