import { type CustomHash, SignatureName } from '@guardimesh/contracts'
import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import classes from '../../../forms/forms.module.css'
import { Callout } from '../../../ui/Callout.js'
import { formatCount } from '../../../ui/format-number.js'
import { Mono } from '../../../ui/Mono.js'
import { type HashLines, parseHashLines } from './hash-lines.js'

/** More faulty lines than this are counted. */
const LINES_SHOWN_MAX = 5
const REASON_MAX_LENGTH = 500

interface PasteHashesDialogProps {
  onAdd: (hashes: readonly CustomHash[]) => void
  onClose: () => void
}

/** Many hashes at once, as they come from a report or from `sha256sum`. */
export function PasteHashesDialog({ onAdd, onClose }: PasteHashesDialogProps) {
  const { t } = useTranslation()
  const { register, control, handleSubmit, formState } = useForm({
    defaultValues: { text: '', name: t('signatures.paste.defaultName'), reason: '' },
  })
  const { text = '', name = '', reason = '' } = useWatch({ control })
  const read = parseHashLines(text, { name, reason })
  const submit = handleSubmit(() => onAdd(read.hashes))
  const isNameGood = (typed: string) => SignatureName.safeParse(typed).success || t('form.invalid.signatureName')
  return (
    <Modal opened onClose={onClose} size="xl" title={t('signatures.paste.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <Textarea
          {...register('text')}
          label={t('signatures.paste.text')}
          description={t('signatures.paste.forms')}
          autosize
          minRows={8}
          maxRows={16}
          spellCheck={false}
          data-autofocus
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        />
        <TextInput
          {...register('name', { validate: isNameGood })}
          label={t('signatures.paste.name')}
          description={t('signatures.paste.nameText')}
          error={formState.errors.name?.message}
        />
        <TextInput {...register('reason')} label={t('form.reason')} maxLength={REASON_MAX_LENGTH} />
        <ReadLines read={read} />
        <div className={classes.buttons}>
          <Button type="submit" disabled={read.hashes.length === 0}>
            {t('signatures.paste.add', { count: read.hashes.length, shown: formatCount(read.hashes.length) })}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** What could be read and what could not. */
function ReadLines({ read: { hashes, unreadable, repeated } }: { read: HashLines }) {
  const { t } = useTranslation()
  return (
    <>
      <p role="status">
        {hashes.length > 0 ? t('signatures.paste.read', { count: hashes.length, shown: formatCount(hashes.length) }) : ''}
        {repeated > 0 ? ` ${t('signatures.paste.repeated', { count: repeated, shown: formatCount(repeated) })}` : ''}
      </p>
      {unreadable.length > 0 ? (
        <Callout
          role="status"
          tone="warn"
          title={t('signatures.paste.unreadable', { count: unreadable.length, shown: formatCount(unreadable.length) })}
        >
          {unreadable.slice(0, LINES_SHOWN_MAX).map(({ line, text }) => (
            <p key={line}>
              {t('signatures.paste.line', { line })} <Mono text={text.slice(0, 100)} />
            </p>
          ))}
        </Callout>
      ) : null}
    </>
  )
}
