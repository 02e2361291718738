import type { SignatureStaleness } from '@guardimesh/contracts'
import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { type Control, useController, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { putStaleness } from '../../../api/queries/signatures.js'
import { FormModal } from '../../../forms/FormModal.js'
import { useInvalidText } from '../../../forms/form-text.js'
import classes from '../../../forms/forms.module.css'
import { ActionButton } from '../../../ui/ActionButton.js'
import { formatCount } from '../../../ui/format-number.js'
import own from '../signatures.module.css'
import { useReadOnlyReason } from '../use-read-only-reason.js'
import { useSignatureChange } from '../use-signature-change.js'
import { resolveStaleness, type StalenessForm } from './staleness-form.js'

/** Age thresholds of signatures, with a button that edits them. */
export function StalenessLine({ staleness }: { staleness: SignatureStaleness }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const reason = useReadOnlyReason()
  return (
    <div className={own.inline}>
      <span className={own.faint}>
        {t('signatures.staleness.line', {
          warn: formatCount(staleness.warnHours),
          critical: formatCount(staleness.criticalHours),
        })}
      </span>
      <ActionButton size="compact-xs" variant="subtle" disabledReason={reason} onClick={() => setOpen(true)}>
        {t('signatures.staleness.edit')}
      </ActionButton>
      {isOpen ? <StalenessDialog staleness={staleness} onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

function StalenessDialog({ staleness, onClose }: { staleness: SignatureStaleness; onClose: () => void }) {
  const { t } = useTranslation()
  const save = useSignatureChange(putStaleness, onClose)
  const { control, handleSubmit, formState } = useForm<StalenessForm, unknown, SignatureStaleness>({
    resolver: resolveStaleness,
    defaultValues: staleness,
  })
  return (
    <FormModal
      title={t('signatures.staleness.title')}
      submitLabel={t('action.save')}
      isDirty={formState.isDirty}
      isPending={save.isPending}
      error={save.error}
      onSubmit={handleSubmit((values) => save.mutate(values))}
      onClose={onClose}
    >
      <div className={classes.words}>
        <p>{t('signatures.staleness.text')}</p>
      </div>
      <HoursField control={control} name="warnHours" />
      <HoursField control={control} name="criticalHours" />
    </FormModal>
  )
}

interface HoursFieldProps {
  control: Control<StalenessForm, unknown, SignatureStaleness>
  name: keyof StalenessForm
}

function HoursField({ control, name }: HoursFieldProps) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name })
  return (
    <NumberInput
      {...field}
      label={t(`signatures.staleness.${name}`)}
      suffix={` ${t('unit.hours')}`}
      min={1}
      hideControls
      error={invalidText(fieldState.error?.message)}
    />
  )
}
