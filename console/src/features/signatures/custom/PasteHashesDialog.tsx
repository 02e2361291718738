import { type CustomHash, SignatureName } from '@guardimesh/contracts'
import { Textarea, TextInput } from '@mantine/core'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormModal } from '../../../forms/FormModal.js'
import { Callout } from '../../../ui/Callout.js'
import { formatCount } from '../../../ui/format-number.js'
import { Mono } from '../../../ui/Mono.js'
import { type HashLines, parseHashLines } from './hash-lines.js'

/** Maximum number of invalid lines shown; the others are only counted. */
const LINES_SHOWN_MAX = 5
const REASON_MAX_LENGTH = 500

interface PasteHashesDialogProps {
  onAdd: (hashes: readonly CustomHash[]) => void
  onClose: () => void
}

/** Adds many hashes, for example from an advisory or from the output of `sha256sum`. */
export function PasteHashesDialog({ onAdd, onClose }: PasteHashesDialogProps) {
  const { t } = useTranslation()
  const { register, control, handleSubmit, formState } = useForm({
    defaultValues: { text: '', name: t('signatures.bulkAdd.defaultName'), reason: '' },
  })
  const { text = '', name = '', reason = '' } = useWatch({ control })
  const parsed = parseHashLines(text, { name, reason })
  const count = parsed.hashes.length
  const validateName = (typed: string) => SignatureName.safeParse(typed).success || t('form.invalid.signatureName')
  return (
    <FormModal
      title={t('signatures.bulkAdd.title')}
      size="xl"
      submitLabel={t('signatures.bulkAdd.add', { count, shown: formatCount(count) })}
      submitDisabledReason={count === 0 ? t('signatures.bulkAdd.nothingToAdd') : undefined}
      isDirty={formState.isDirty}
      onSubmit={handleSubmit(() => onAdd(parsed.hashes))}
      onClose={onClose}
    >
      <Textarea
        {...register('text')}
        label={t('signatures.bulkAdd.text')}
        description={t('signatures.bulkAdd.formats')}
        autosize
        minRows={8}
        maxRows={16}
        spellCheck={false}
        data-autofocus
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
      />
      <TextInput
        {...register('name', { validate: validateName })}
        label={t('signatures.bulkAdd.name')}
        description={t('signatures.bulkAdd.nameText')}
        error={formState.errors.name?.message}
      />
      <TextInput {...register('reason')} label={t('form.reason')} maxLength={REASON_MAX_LENGTH} />
      <ParseResult parsed={parsed} />
    </FormModal>
  )
}

function ParseResult({ parsed: { hashes, unreadable, repeated } }: { parsed: HashLines }) {
  const { t } = useTranslation()
  return (
    <>
      <p role="status">
        {hashes.length > 0 ? t('signatures.bulkAdd.read', { count: hashes.length, shown: formatCount(hashes.length) }) : ''}
        {repeated > 0 ? ` ${t('signatures.bulkAdd.repeated', { count: repeated, shown: formatCount(repeated) })}` : ''}
      </p>
      {unreadable.length > 0 ? (
        <Callout
          role="status"
          tone="warn"
          title={t('signatures.bulkAdd.unreadable', { count: unreadable.length, shown: formatCount(unreadable.length) })}
        >
          {unreadable.slice(0, LINES_SHOWN_MAX).map(({ line, text }) => (
            <p key={line}>
              {t('signatures.bulkAdd.line', { line })} <Mono text={text.slice(0, 100)} />
            </p>
          ))}
        </Callout>
      ) : null}
    </>
  )
}
