import { LoginRequest } from '@guardimesh/contracts'
import { zodResolver } from '@hookform/resolvers/zod'
import { Button, TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { sessionQuery } from '../../api/queries/session.js'
import { CodeForm } from '../../forms/CodeForm.js'
import { FormProblem } from '../../forms/FormProblem.js'
import { PasswordField } from '../../forms/PasswordField.js'
import { useTwoStepLogin } from '../../forms/use-two-step-login.js'
import { safeReturnTo } from '../../path-builder.js'
import { Callout } from '../../ui/Callout.js'
import { SignInFrame } from './SignInFrame.js'
import classes from './sign-in.module.css'

export function SignInPage() {
  const { t } = useTranslation()
  const [parameters] = useSearchParams()
  useDocumentTitle(t('app.pageTitle', { title: t('signIn.submit') }))
  return (
    <SignInFrame lead={t('signIn.lead')}>
      <SignInForm returnTo={safeReturnTo(parameters.get('returnTo'))} />
    </SignInFrame>
  )
}

function SignInForm({ returnTo }: { returnTo: string }) {
  const { t } = useTranslation()
  const { register, handleSubmit, formState, resetField, setFocus } = useForm<LoginRequest>({
    resolver: zodResolver(LoginRequest),
    defaultValues: { email: '', password: '' },
  })
  const { step, isTooLate, password, code } = useTwoStepLogin(useEnter(returnTo))
  const onSubmit = handleSubmit((values) =>
    password.mutate(values, {
      onError: () => {
        resetField('password')
        setFocus('password')
      },
    }),
  )
  if (step === 'code')
    return (
      <CodeForm
        submitLabel={t('signIn.submit')}
        description={t('twoFactor.codeHint')}
        isPending={code.isPending}
        error={code.error}
        onSubmit={(text) => code.mutate({ code: text })}
      />
    )
  return (
    <form className={classes.form} onSubmit={(event) => void onSubmit(event)} noValidate>
      {isTooLate ? (
        <Callout role="alert" tone="warn">
          {t('twoFactor.tooLate')}
        </Callout>
      ) : null}
      <FormProblem error={password.error} />
      <TextInput
        {...register('email')}
        type="email"
        label={t('signIn.email')}
        autoComplete="username"
        autoFocus
        error={formState.errors.email ? t('form.invalid.email') : undefined}
      />
      <PasswordField
        label={t('signIn.password')}
        autoComplete="current-password"
        registration={register('password')}
        error={formState.errors.password ? { ...formState.errors.password, message: 'password' } : undefined}
      />
      <Button type="submit" loading={password.isPending}>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}

/** Opens the console after a login. */
function useEnter(returnTo: string) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    // Cached data may belong to another account.
    client.clear()
    await client.fetchQuery(sessionQuery)
    await navigate(returnTo, { replace: true })
  }
}
