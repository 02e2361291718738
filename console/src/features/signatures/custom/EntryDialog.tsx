import { NumberInput, Textarea, TextInput } from '@mantine/core'
import { type Control, useController, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormModal } from '../../../forms/FormModal.js'
import { useInvalidText } from '../../../forms/form-text.js'
import { buildEntryResolver, ENTRY_FIELDS, type Entry, type EntryForm, type EntryListName } from './entry-form.js'
import { IgnoreWarning } from './IgnoreWarning.js'

interface EntryDialogProps {
  list: EntryListName
  /** Initial values from the URL. */
  initial: Partial<Record<keyof EntryForm, string>>
  onAdd: (entry: Entry) => void
  onClose: () => void
}

/** Adds an entry to the draft of a list. It becomes active when the draft is saved. */
export function EntryDialog({ list, initial, onAdd, onClose }: EntryDialogProps) {
  const { t } = useTranslation()
  const { control, handleSubmit, formState } = useForm<EntryForm, unknown, Entry>({
    resolver: buildEntryResolver(list),
    defaultValues: { hash: initial.hash ?? '', name: initial.name ?? '', sizeBytes: '', reason: initial.reason ?? '' },
  })
  return (
    <FormModal
      title={t(`signatures.custom.list.${list}.add`)}
      size="lg"
      submitLabel={t('signatures.custom.add')}
      isDirty={formState.isDirty}
      onSubmit={handleSubmit(onAdd)}
      onClose={onClose}
    >
      {ENTRY_FIELDS[list].map((name) => (
        <EntryField key={name} control={control} name={name} list={list} />
      ))}
      {list === 'hashes' ? null : <IgnoreWarning control={control} list={list} />}
    </FormModal>
  )
}

interface EntryFieldProps {
  control: Control<EntryForm, unknown, Entry>
  name: keyof EntryForm
  list: EntryListName
}

const REASON_MAX_LENGTH = 500

function EntryField({ control, name, list }: EntryFieldProps) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name })
  const label = name === 'hash' && list === 'ignored-files' ? 'sha256' : name
  const texts = {
    label: t(`signatures.custom.field.${label}.name`),
    description: t(`signatures.custom.field.${label}.meaning`),
    error: invalidText(fieldState.error?.message),
  }
  if (name === 'sizeBytes') return <NumberInput {...texts} {...field} thousandSeparator="," min={0} allowDecimal={false} hideControls />
  if (name === 'reason') return <Textarea {...texts} {...field} autosize minRows={2} maxLength={REASON_MAX_LENGTH} />
  return <TextInput {...texts} {...field} spellCheck={false} autoComplete="off" />
}
