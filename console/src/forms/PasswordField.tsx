import { PasswordInput } from '@mantine/core'
import type { FieldError, UseFormRegisterReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from './form-text.js'

interface PasswordFieldProps {
  label: string
  description?: string
  autoComplete: 'current-password' | 'new-password'
  /** True in a dialog whose first field is not this one. */
  isFocusedFirst?: boolean
  registration: UseFormRegisterReturn
  error: FieldError | undefined
}

/** Password input with a visibility toggle. */
export function PasswordField({ label, description, autoComplete, isFocusedFirst = false, registration, error }: PasswordFieldProps) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  return (
    <PasswordInput
      {...registration}
      label={label}
      description={description}
      autoComplete={autoComplete}
      data-autofocus={isFocusedFirst || undefined}
      error={invalidText(error?.message)}
      // Mantine's other inputs set this automatically.
      aria-invalid={error ? true : undefined}
      visibilityToggleButtonProps={{ 'aria-label': t('form.showPassword') }}
    />
  )
}
