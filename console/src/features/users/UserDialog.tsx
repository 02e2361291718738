import { type AccountDetails, type Invitation, InviteAccount, ROLES } from '@guardimesh/contracts'
import { zodResolver } from '@hookform/resolvers/zod'
import { Radio, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, type UseFormReturn, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { changeUser, inviteUser, usersKey } from '../../api/queries/accounts.js'
import { sessionKey } from '../../api/queries/session.js'
import { FormModal } from '../../forms/FormModal.js'
import classes from '../../forms/forms.module.css'

interface UserDialogProps {
  /** Undefined: invites a new user. */
  user: AccountDetails | undefined
  onClose: () => void
  onInvited: (invitation: Invitation) => void
  onChanged: (text: string) => void
}

const NEW_USER: InviteAccount = { email: '', displayName: '', role: 'viewer' }

/** Invites a user, or changes name and role. */
export function UserDialog({ user, onClose, onInvited, onChanged }: UserDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const form = useForm<InviteAccount>({ resolver: zodResolver(InviteAccount), defaultValues: user ?? NEW_USER })
  const refresh = () => client.invalidateQueries({ queryKey: usersKey })
  const invite = useMutation({
    mutationFn: inviteUser,
    onSuccess: (invitation) => {
      onClose()
      onInvited(invitation)
      return refresh()
    },
    // The token must not remain in memory after the link was shown.
    gcTime: 0,
  })
  const change = useMutation({
    mutationFn: changeUser,
    onSuccess: async ({ displayName }) => {
      onChanged(t('users.done.edit', { name: displayName }))
      // The user may have changed the own account.
      await Promise.all([refresh(), client.invalidateQueries({ queryKey: sessionKey })])
      onClose()
    },
  })
  const submit = form.handleSubmit(({ displayName, role, email }) =>
    user ? change.mutate({ accountId: user.accountId, change: { displayName, role } }) : invite.mutate({ displayName, role, email }),
  )
  return (
    <FormModal
      size="lg"
      title={user ? t('users.edit.title', { name: user.displayName }) : t('users.invite.title')}
      submitLabel={t(user ? 'users.edit.submit' : 'users.invite.submit')}
      isDirty={form.formState.isDirty}
      isPending={invite.isPending || change.isPending}
      error={invite.error ?? change.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <UserFields form={form} isNew={user === undefined} />
    </FormModal>
  )
}

function UserFields({ form, isNew }: { form: UseFormReturn<InviteAccount>; isNew: boolean }) {
  const { t } = useTranslation()
  const { errors } = form.formState
  return (
    <>
      <TextInput
        {...form.register('displayName')}
        label={t('account.name')}
        maxLength={100}
        data-autofocus
        error={errors.displayName ? t('form.invalid.userName') : undefined}
      />
      <TextInput
        {...form.register('email')}
        type="email"
        label={t('account.email')}
        readOnly={!isNew}
        error={errors.email ? t('form.invalid.emailAddress') : undefined}
      />
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => (
          <Radio.Group label={t('account.role')} value={field.value} onChange={field.onChange}>
            <div className={classes.form}>
              {ROLES.map((role) => (
                <Radio key={role} value={role} label={t(`account.roles.${role}`)} description={t(`users.roleMeaning.${role}`)} />
              ))}
            </div>
          </Radio.Group>
        )}
      />
    </>
  )
}
