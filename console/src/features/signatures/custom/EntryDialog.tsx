import { Button, Modal, NumberInput, Textarea, TextInput } from '@mantine/core'
import { type Control, useController, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from '../../../forms/form-text.js'
import classes from '../../../forms/forms.module.css'
import { ENTRY_FIELDS, type Entry, type EntryForm, type EntryListName, entryResolver } from './entry-form.js'

interface EntryDialogProps {
  list: EntryListName
  /** What the address fills in. */
  given: Partial<Record<keyof EntryForm, string>>
  onAdd: (entry: Entry) => void
  onClose: () => void
}

/** Asks for one entry of a list. It is in force only when the changes are saved. */
export function EntryDialog({ list, given, onAdd, onClose }: EntryDialogProps) {
  const { t } = useTranslation()
  const { control, handleSubmit } = useForm<EntryForm, unknown, Entry>({
    resolver: entryResolver(list),
    defaultValues: { hash: given.hash ?? '', name: given.name ?? '', sizeBytes: '', reason: given.reason ?? '' },
  })
  const submit = handleSubmit(onAdd)
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(`signatures.custom.list.${list}.add`)}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        {ENTRY_FIELDS[list].map((name) => (
          <EntryField key={name} control={control} name={name} list={list} />
        ))}
        <div className={classes.buttons}>
          <Button type="submit">{t('signatures.custom.add')}</Button>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
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
  const words = {
    label: t(`signatures.custom.field.${label}.name`),
    description: t(`signatures.custom.field.${label}.meaning`),
    error: invalidText(fieldState.error?.message),
  }
  if (name === 'sizeBytes') return <NumberInput {...words} {...field} thousandSeparator="," min={0} allowDecimal={false} hideControls />
  if (name === 'reason') return <Textarea {...words} {...field} autosize minRows={2} maxLength={REASON_MAX_LENGTH} />
  return <TextInput {...words} {...field} spellCheck={false} autoComplete="off" />
}
