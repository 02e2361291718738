import type { ScanConfig } from '@guardimesh/contracts'
import { NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import { type Control, useController } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from '../../forms/form-text.js'
import type en from '../../i18n/en.json'
import type { ConfigField, NumberName, SwitchName, TextName } from './config-panels.js'
import type { ScanConfigForm } from './scan-config-form.js'

interface FieldProps<Name extends keyof ScanConfigForm> {
  control: Control<ScanConfigForm, unknown, ScanConfig>
  name: Name
}

/** Returns the form field of a setting and its texts. */
function useField<Name extends keyof ScanConfigForm>({ control, name }: FieldProps<Name>) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name })
  return {
    field,
    texts: {
      label: t(`scanConfig.field.${name as keyof typeof en.scanConfig.field}.name`),
      description: t(`scanConfig.field.${name as keyof typeof en.scanConfig.field}.meaning`),
      error: invalidText(fieldState.error?.message),
    },
  }
}

/** Input of a setting. */
export function ConfigInput({ control, field }: { control: FieldProps<never>['control']; field: ConfigField }) {
  switch (field.kind) {
    case 'switch':
      return <SwitchField control={control} name={field.name} />
    case 'text':
      return <TextField control={control} name={field.name} />
    case 'lines':
      return <LinesField control={control} name={field.name} />
    case 'number':
      return <NumberField control={control} name={field.name} unit={field.unit} />
  }
}

function SwitchField(props: FieldProps<SwitchName>) {
  const { field, texts } = useField(props)
  return (
    <Switch
      {...texts}
      name={field.name}
      ref={field.ref}
      checked={Boolean(field.value)}
      onBlur={field.onBlur}
      onChange={(event) => field.onChange(event.currentTarget.checked)}
    />
  )
}

function TextField(props: FieldProps<TextName>) {
  const { field, texts } = useField(props)
  return <TextInput {...texts} {...field} />
}

/** List of names, one per line. */
function LinesField(props: FieldProps<TextName>) {
  const { field, texts } = useField(props)
  return <Textarea {...texts} {...field} autosize minRows={2} maxRows={10} />
}

function NumberField({ unit, ...props }: FieldProps<NumberName> & { unit: keyof typeof en.unit }) {
  const { t } = useTranslation()
  const { field, texts } = useField(props)
  return <NumberInput {...texts} {...field} suffix={` ${t(`unit.${unit}`)}`} thousandSeparator="," min={0} hideControls />
}
