import { NativeSelect, Textarea } from '@mantine/core'
import type { UseFormRegisterReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from '../../forms/form-text.js'
import { VALIDITIES } from './exception-form.js'

interface ReasonFieldProps {
  registered: UseFormRegisterReturn
  error: string | undefined
  maxLength: number
}

export function ReasonField({ registered, error, maxLength }: ReasonFieldProps) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  return (
    <Textarea
      {...registered}
      label={t('exceptions.field.reason')}
      description={t('exceptions.field.reasonHint')}
      error={invalidText(error)}
      autosize
      minRows={2}
      maxLength={maxLength}
      withAsterisk
    />
  )
}

/** @param unchangedLabel label of the choice that keeps the expiry; undefined: there is none. */
export function ValidityField({ registered, unchangedLabel }: { registered: UseFormRegisterReturn; unchangedLabel?: string }) {
  const { t } = useTranslation()
  const labelOf = (validity: (typeof VALIDITIES)[number]) =>
    validity === 'never' ? t('exceptions.validity.never') : t('exceptions.validity.days', { count: Number(validity) })
  return (
    <NativeSelect
      {...registered}
      label={t('exceptions.field.validity')}
      description={t('exceptions.field.validityHint')}
      data={[
        ...(unchangedLabel === undefined ? [] : [{ value: '', label: unchangedLabel }]),
        ...VALIDITIES.map((value) => ({ value, label: labelOf(value) })),
      ]}
    />
  )
}
