import { PasswordInput } from '@mantine/core'
import type { FieldError, UseFormRegisterReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useInvalidText } from './form-text.js'

interface PasswordFieldProps {
  label: string
  description?: string
  autoComplete: 'current-password' | 'new-password'
  registration: UseFormRegisterReturn
  error: FieldError | undefined
}

/** Password input with a visibility toggle. */
export function PasswordField({ label, description, autoComplete, registration, error }: PasswordFieldProps) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  return (
    <PasswordInput
      {...registration}
      label={label}
      description={description}
      autoComplete={autoComplete}
      error={invalidText(error?.message)}
      // Mantine's other inputs set this automatically.
      aria-invalid={error ? true : undefined}
      visibilityToggleButtonProps={{ 'aria-label': t('form.showPassword') }}
    />
  )
}
