import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { hasCode } from '../../api/errors.js'
import { FormModal } from '../../forms/FormModal.js'
import { PasswordField } from '../../forms/PasswordField.js'

interface PasswordDialogProps {
  title: string
  text: string
  submitLabel: string
  isPending: boolean
  error: Error | null
  onSubmit: (currentPassword: string) => void
  onClose: () => void
}

/** Asks for the password before a change of the second factor. */
export function PasswordDialog({ text, error, onSubmit, ...modal }: PasswordDialogProps) {
  const { t } = useTranslation()
  const { register, handleSubmit, formState } = useForm({ defaultValues: { currentPassword: '' } })
  const isWrong = hasCode(error, 'LOGIN_FAILED')
  const wrong = isWrong ? { type: 'wrong', message: 'passwordWrong' } : undefined
  return (
    <FormModal {...modal} error={isWrong ? null : error} onSubmit={handleSubmit(({ currentPassword }) => onSubmit(currentPassword))}>
      <p>{text}</p>
      <PasswordField
        label={t('account.password.current')}
        autoComplete="current-password"
        isFocusedFirst
        registration={register('currentPassword', { required: 'password' })}
        error={formState.errors.currentPassword ?? wrong}
      />
    </FormModal>
  )
}
