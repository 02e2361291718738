import { type InvitationView, PASSWORD_MIN_LENGTH } from '@guardimesh/contracts'
import { zodResolver } from '@hookform/resolvers/zod'
import { Button, TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { hasCode } from '../../api/errors.js'
import { acceptInvitation, invitationQuery } from '../../api/queries/accounts.js'
import { FormProblem } from '../../forms/FormProblem.js'
import { NewPasswordValues } from '../../forms/new-password.js'
import { PasswordField } from '../../forms/PasswordField.js'
import { paths } from '../../path-builder.js'
import { QueryState } from '../../table/QueryState.js'
import { Callout } from '../../ui/Callout.js'
import { SignInFrame } from './SignInFrame.js'
import classes from './sign-in.module.css'

/** Sets the password of an invited user. The token is in the fragment of the address, which browsers send to no server. */
export function InvitationPage() {
  const { t } = useTranslation()
  const token = useLocation().hash.slice(1)
  const invitation = useQuery(invitationQuery(token))
  useDocumentTitle(t('app.pageTitle', { title: t('invitation.title') }))
  const isInvalid = hasCode(invitation.error, 'INVITATION_INVALID') || hasCode(invitation.error, 'BODY_INVALID')
  return (
    <SignInFrame lead={t('invitation.title')}>
      {isInvalid ? (
        <Callout role="alert" tone="bad" title={t('invitation.invalid.title')}>
          {t('invitation.invalid.text')}
        </Callout>
      ) : (
        <QueryState query={invitation}>{(view) => <PasswordForm token={token} invitation={view} />}</QueryState>
      )}
      {isInvalid ? <Link to={paths.signIn()}>{t('invitation.toSignIn')}</Link> : null}
    </SignInFrame>
  )
}

function PasswordForm({ token, invitation }: { token: string; invitation: InvitationView }) {
  const { t } = useTranslation()
  const { register, handleSubmit, formState } = useForm<NewPasswordValues>({
    resolver: zodResolver(NewPasswordValues),
    defaultValues: { newPassword: '', repeated: '' },
  })
  const accept = useMutation({ mutationFn: acceptInvitation })
  if (accept.isSuccess)
    return (
      <>
        <Callout role="status" tone="calm" title={t('invitation.done.title')}>
          {t('invitation.done.text', { email: invitation.email })}
        </Callout>
        <Link to={paths.signIn()}>{t('invitation.toSignIn')}</Link>
      </>
    )
  return (
    <form
      className={classes.form}
      onSubmit={(event) => void handleSubmit(({ newPassword }) => accept.mutate({ token, password: newPassword }))(event)}
      noValidate
    >
      <FormProblem error={accept.error} />
      <TextInput label={t('signIn.email')} value={invitation.email} readOnly autoComplete="username" />
      <PasswordField
        label={t('account.password.new')}
        description={t('account.password.rule', { length: PASSWORD_MIN_LENGTH })}
        autoComplete="new-password"
        registration={register('newPassword')}
        error={formState.errors.newPassword}
      />
      <PasswordField
        label={t('account.password.repeated')}
        autoComplete="new-password"
        registration={register('repeated')}
        error={formState.errors.repeated}
      />
      <Button type="submit" loading={accept.isPending}>
        {t('invitation.submit')}
      </Button>
    </form>
  )
}
