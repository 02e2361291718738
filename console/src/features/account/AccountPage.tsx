import { PASSWORD_MIN_LENGTH } from '@guardimesh/contracts'
import { zodResolver } from '@hookform/resolvers/zod'
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { hasCode } from '../../api/errors.js'
import { changePassword, sessionQuery } from '../../api/queries/session.js'
import { FormProblem } from '../../forms/FormProblem.js'
import { FormSuccess } from '../../forms/FormSuccess.js'
import classes from '../../forms/forms.module.css'
import { LeaveGuard } from '../../forms/LeaveGuard.js'
import { ChangedPasswordValues } from '../../forms/new-password.js'
import { PasswordField } from '../../forms/PasswordField.js'
import { QueryState } from '../../table/QueryState.js'
import { ExactTime } from '../../ui/ExactTime.js'
import { Facts } from '../../ui/Facts.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { Panel } from '../../ui/Panel.js'
import { Section } from '../../ui/Section.js'
import { SessionTable } from '../sessions/SessionTable.js'
import { TwoFactorPanel } from '../two-factor/TwoFactorPanel.js'

export function AccountPage() {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery)
  return (
    <PageFrame title={t('account.title')}>
      <div className={classes.fields}>
        <QueryState query={session}>
          {(data) =>
            data ? (
              <Panel title={t('account.profile')}>
                <Facts
                  facts={[
                    [t('account.name'), data.account.displayName],
                    [t('account.email'), data.account.email],
                    [t('account.role'), t(`account.roles.${data.account.role}`)],
                    [t('account.sessionEnds'), <ExactTime key="ends" at={data.expiresAt} />],
                  ]}
                />
              </Panel>
            ) : null
          }
        </QueryState>
        <Panel title={t('account.password.title')}>
          <PasswordForm />
        </Panel>
        <TwoFactorPanel />
      </div>
      <Section title={t('sessions.title')}>
        <SessionTable owner={undefined} />
      </Section>
    </PageFrame>
  )
}

const NO_PASSWORDS: ChangedPasswordValues = { currentPassword: '', newPassword: '', repeated: '' }

/** The backend responds as to a failed login; this form shows it as an error of one field. */
const isWrongPassword = (error: unknown) => hasCode(error, 'LOGIN_FAILED')

function PasswordForm() {
  const { t } = useTranslation()
  const { register, handleSubmit, reset, setError, formState } = useForm<ChangedPasswordValues>({
    resolver: zodResolver(ChangedPasswordValues),
    defaultValues: NO_PASSWORDS,
  })
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: () => reset(NO_PASSWORDS),
    onError: (error) => {
      if (isWrongPassword(error)) setError('currentPassword', { message: 'passwordWrong' }, { shouldFocus: true })
    },
  })
  const onSubmit = handleSubmit(({ currentPassword, newPassword }) => change.mutate({ currentPassword, newPassword }))
  return (
    <form className={`${classes.form} ${classes.narrow}`} onSubmit={(event) => void onSubmit(event)} noValidate>
      <FormProblem error={isWrongPassword(change.error) ? null : change.error} />
      <PasswordField
        label={t('account.password.current')}
        autoComplete="current-password"
        registration={register('currentPassword')}
        error={formState.errors.currentPassword}
      />
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
      <LeaveGuard isDirty={formState.isDirty && !change.isPending} />
      <div className={classes.buttons}>
        <Button type="submit" loading={change.isPending}>
          {t('account.password.submit')}
        </Button>
        <FormSuccess text={change.isSuccess && !formState.isDirty ? t('account.password.done') : undefined} />
      </div>
    </form>
  )
}
