import type { ScanConfig } from '@guardimesh/contracts'
import { NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import { type Control, useController } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from '../../forms/form-text.js'
import type en from '../../i18n/en.json'
import type { ScanConfigForm } from './scan-config-form.js'

type NamesOf<Value> = { [Name in keyof ScanConfigForm]: ScanConfigForm[Name] extends Value ? Name : never }[keyof ScanConfigForm]
type SwitchName = NamesOf<boolean>
type TextName = NamesOf<string>
type NumberName = Exclude<keyof ScanConfigForm, SwitchName | TextName>

interface FieldProps<Name extends keyof ScanConfigForm> {
  control: Control<ScanConfigForm, unknown, ScanConfig>
  name: Name
}

/** The name, the explanation and the state of one setting. */
function useField<Name extends keyof ScanConfigForm>({ control, name }: FieldProps<Name>) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name })
  return {
    field,
    words: {
      label: t(`scanConfig.field.${name as keyof typeof en.scanConfig.field}.name`),
      description: t(`scanConfig.field.${name as keyof typeof en.scanConfig.field}.meaning`),
      error: invalidText(fieldState.error?.message),
    },
  }
}

export function SwitchField(props: FieldProps<SwitchName>) {
  const { field, words } = useField(props)
  return (
    <Switch
      {...words}
      name={field.name}
      ref={field.ref}
      checked={Boolean(field.value)}
      onBlur={field.onBlur}
      onChange={(event) => field.onChange(event.currentTarget.checked)}
    />
  )
}

export function TextField(props: FieldProps<TextName>) {
  const { field, words } = useField(props)
  return <TextInput {...words} {...field} />
}

/** A list of names, one a line. */
export function LinesField(props: FieldProps<TextName>) {
  const { field, words } = useField(props)
  return <Textarea {...words} {...field} autosize minRows={2} maxRows={10} />
}

export function NumberField({ unit, ...props }: FieldProps<NumberName> & { unit: keyof typeof en.unit }) {
  const { t } = useTranslation()
  const { field, words } = useField(props)
  return <NumberInput {...words} {...field} suffix={` ${t(`unit.${unit}`)}`} thousandSeparator="," min={0} hideControls />
}
