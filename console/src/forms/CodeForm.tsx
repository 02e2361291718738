import { Button, TextInput } from '@mantine/core'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormProblem } from './FormProblem.js'
import classes from './forms.module.css'

interface CodeFormProps {
  submitLabel: string
  description: string
  isPending: boolean
  error: Error | null
  onSubmit: (code: string) => void
}

/** Asks for the code of the authenticator app. */
export function CodeForm({ submitLabel, description, isPending, error, onSubmit }: CodeFormProps) {
  const { t } = useTranslation()
  const { register, handleSubmit, formState } = useForm({ defaultValues: { code: '' } })
  return (
    <form className={classes.form} onSubmit={(event) => void handleSubmit(({ code }) => onSubmit(code))(event)} noValidate>
      <FormProblem error={error} />
      <TextInput
        {...register('code', { validate: (code) => code.trim().length >= 6 })}
        label={t('twoFactor.code')}
        description={description}
        autoComplete="one-time-code"
        autoFocus
        maxLength={40}
        error={formState.errors.code ? t('form.invalid.code') : undefined}
      />
      <div className={classes.buttons}>
        <Button type="submit" loading={isPending}>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}
