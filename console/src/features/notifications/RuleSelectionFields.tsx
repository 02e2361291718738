import { SCAN_SOURCES, SEVERITIES } from '@guardimesh/contracts'
import { Checkbox, MultiSelect, Select, TextInput } from '@mantine/core'
import { Controller, useController, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from '../../forms/form-text.js'
import forms from '../../forms/forms.module.css'
import classes from './notifications.module.css'
import { EVENT_GROUPS, type RuleControl } from './rule-form.js'
import { useEventText } from './use-event-text.js'

interface FieldProps {
  control: RuleControl
}

/** Which events a rule selects. */
export function RuleSelectionFields({ control }: FieldProps) {
  const { t } = useTranslation()
  const events = useWatch({ control, name: 'events' })
  return (
    <>
      <EventsField control={control} />
      <Controller
        control={control}
        name="sendResolved"
        render={({ field: { value, ...field } }) => <Checkbox {...field} checked={value} label={t('notifications.rule.sendResolved')} />}
      />
      <div className={forms.pair}>
        <SeverityField control={control} />
        <PatternsField control={control} name="clusters" />
        <PatternsField control={control} name="namespaces" />
        <PatternsField control={control} name="signatures" />
        <SourcesField control={control} />
        {events.includes('audit-event') ? <PatternsField control={control} name="actions" /> : null}
      </div>
      <p className={classes.hint}>{t('notifications.rule.filterNote')}</p>
    </>
  )
}

function EventsField({ control }: FieldProps) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const eventText = useEventText()
  const { field, fieldState } = useController({ control, name: 'events' })
  return (
    <Checkbox.Group
      label={t('notifications.rule.events')}
      value={field.value}
      onChange={field.onChange}
      error={invalidText(fieldState.error?.message)}
    >
      <div className={forms.pair}>
        {(['malware', 'platform', 'signatures', 'audit'] as const).map((group) => (
          <fieldset key={group} className={classes.group}>
            <legend className={classes.legend}>{t(`notifications.rule.group.${group}`)}</legend>
            {EVENT_GROUPS[group].map((kind) => (
              <Checkbox key={kind} value={kind} label={eventText(kind)} />
            ))}
          </fieldset>
        ))}
      </div>
    </Checkbox.Group>
  )
}

function SeverityField({ control }: FieldProps) {
  const { t } = useTranslation()
  const { field } = useController({ control, name: 'minSeverity' })
  return (
    <Select
      {...field}
      label={t('notifications.rule.minSeverity')}
      description={t('notifications.rule.minSeverityHint')}
      data={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
      allowDeselect={false}
    />
  )
}

function SourcesField({ control }: FieldProps) {
  const { t } = useTranslation()
  const { field } = useController({ control, name: 'sources' })
  return (
    <MultiSelect
      {...field}
      label={t('notifications.rule.sources')}
      data={SCAN_SOURCES.map((value) => ({ value, label: t(`source.${value}.name`) }))}
      {...(field.value.length === 0 ? { placeholder: t('notifications.rule.all') } : {})}
      clearable
    />
  )
}

function PatternsField({ control, name }: FieldProps & { name: 'clusters' | 'namespaces' | 'signatures' | 'actions' }) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name })
  return (
    <TextInput
      {...field}
      label={t(`notifications.rule.${name}`)}
      description={t(name === 'actions' ? 'notifications.rule.actionsHint' : 'notifications.rule.patternsHint')}
      placeholder={t('notifications.rule.all')}
      error={invalidText(fieldState.error?.message)}
      spellCheck={false}
      autoComplete="off"
    />
  )
}
