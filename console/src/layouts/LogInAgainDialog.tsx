import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { isSessionOver } from '../api/errors.js'
import { sessionQuery } from '../api/queries/session.js'
import { CodeForm } from '../forms/CodeForm.js'
import { Dialog } from '../forms/Dialog.js'
import { FormProblem } from '../forms/FormProblem.js'
import classes from '../forms/forms.module.css'
import { PasswordField } from '../forms/PasswordField.js'
import { useTwoStepLogin } from '../forms/use-two-step-login.js'
import { paths } from '../path-builder.js'

/** Asks for the password over a page whose session ended. The page below stays as it is. */
export function LogInAgainDialog({ email }: { email: string }) {
  const { t } = useTranslation()
  const { pathname, search } = useLocation()
  const { register, handleSubmit, formState, resetField, setFocus } = useForm({ defaultValues: { password: '' } })
  const { step, password: login, code } = useTwoStepLogin(useResume())
  const onFailure = () => {
    resetField('password')
    setFocus('password')
  }
  const onSubmit = handleSubmit(({ password }) => login.mutate({ email, password }, { onError: onFailure }))
  if (step === 'code')
    return (
      <Dialog title={t('logInAgain.title')} lockedReason={t('logInAgain.locked')} onClose={() => {}}>
        <CodeForm
          submitLabel={t('signIn.submit')}
          description={t('twoFactor.codeHint')}
          isPending={code.isPending}
          error={code.error}
          onSubmit={(text) => code.mutate({ code: text })}
        />
      </Dialog>
    )
  return (
    <Dialog title={t('logInAgain.title')} lockedReason={t('logInAgain.locked')} onClose={() => {}}>
      <form className={classes.form} onSubmit={(event) => void onSubmit(event)} noValidate>
        <p className={classes.note}>{t('logInAgain.text')}</p>
        <FormProblem error={login.error} />
        <TextInput label={t('signIn.email')} value={email} readOnly autoComplete="username" />
        <PasswordField
          label={t('signIn.password')}
          autoComplete="current-password"
          isFocusedFirst
          registration={register('password', { required: 'password' })}
          error={formState.errors.password}
        />
        <div className={classes.buttons}>
          <Button type="submit" loading={login.isPending}>
            {t('signIn.submit')}
          </Button>
          <Link to={paths.signIn({ returnTo: `${pathname}${search}` })}>{t('logInAgain.other')}</Link>
        </div>
      </form>
    </Dialog>
  )
}

/** Repeats the queries that the end of the session stopped. Others are not repeated: an open form may depend on their data. */
function useResume() {
  const client = useQueryClient()
  return async () => {
    await client.fetchQuery({ ...sessionQuery, staleTime: 0 })
    void client.refetchQueries({ predicate: ({ state }) => isSessionOver(state.error) })
  }
}
