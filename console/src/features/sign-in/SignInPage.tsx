import { LoginRequest } from '@guardimesh/contracts'
import { zodResolver } from '@hookform/resolvers/zod'
import { Button, TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { logIn, sessionQuery } from '../../api/queries/session.js'
import { FormProblem } from '../../forms/FormProblem.js'
import { PasswordField } from '../../forms/PasswordField.js'
import { safeReturnTo } from '../../path-builder.js'
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
  const login = useLogin(returnTo)
  const onSubmit = handleSubmit((values) =>
    login.mutate(values, {
      onError: () => {
        resetField('password')
        setFocus('password')
      },
    }),
  )
  return (
    <form className={classes.form} onSubmit={(event) => void onSubmit(event)} noValidate>
      <FormProblem error={login.error} />
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
      <Button type="submit" loading={login.isPending}>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}

function useLogin(returnTo: string) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: logIn,
    onSuccess: async () => {
      // Cached data may belong to another account.
      client.clear()
      await client.fetchQuery(sessionQuery)
      await navigate(returnTo, { replace: true })
    },
  })
}
