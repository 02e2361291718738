import { SignatureStaleness } from '@guardimesh/contracts'
import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Modal, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { type Control, useController, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { putStaleness } from '../../../api/queries/signatures.js'
import { FormProblem } from '../../../forms/FormProblem.js'
import { useInvalidText } from '../../../forms/form-text.js'
import classes from '../../../forms/forms.module.css'
import { ActionButton } from '../../../ui/ActionButton.js'
import { formatCount } from '../../../ui/format-number.js'
import own from '../signatures.module.css'
import { useChangeReason } from '../use-change-reason.js'
import { useSignatureChange } from '../use-signature-change.js'

/** From when on signatures are called old, and a way to change that. */
export function StalenessLine({ staleness }: { staleness: SignatureStaleness }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const reason = useChangeReason()
  return (
    <div className={own.inline}>
      <span className={own.faint}>
        {t('signatures.staleness.line', {
          warn: formatCount(staleness.warnHours),
          critical: formatCount(staleness.criticalHours),
        })}
      </span>
      <ActionButton size="compact-xs" variant="subtle" disabledReason={reason} onClick={() => setOpen(true)}>
        {t('signatures.staleness.change')}
      </ActionButton>
      {isOpen ? <StalenessDialog staleness={staleness} onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

function StalenessDialog({ staleness, onClose }: { staleness: SignatureStaleness; onClose: () => void }) {
  const { t } = useTranslation()
  const save = useSignatureChange(putStaleness, onClose)
  const { control, handleSubmit } = useForm({ resolver: zodResolver(SignatureStaleness), defaultValues: staleness })
  const submit = handleSubmit((values) => save.mutate(values))
  return (
    <Modal opened onClose={onClose} title={t('signatures.staleness.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <FormProblem error={save.error} />
        <div className={classes.words}>
          <p>{t('signatures.staleness.text')}</p>
        </div>
        <HoursField control={control} name="warnHours" />
        <HoursField control={control} name="criticalHours" />
        <div className={classes.buttons}>
          <Button type="submit" loading={save.isPending}>
            {t('action.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

interface HoursFieldProps {
  control: Control<{ warnHours?: number | undefined; criticalHours?: number | undefined }, unknown, SignatureStaleness>
  name: 'warnHours' | 'criticalHours'
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
