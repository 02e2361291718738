import { NOTIFICATION_CHANNEL_KINDS, type NotificationChannel, type NotificationChannelChange, targetViewOf } from '@guardimesh/contracts'
import { Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type UseFormReturn, useController, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { createChannel, notificationsKey, replaceChannel } from '../../api/queries/notifications.js'
import { ConfirmDialog } from '../../forms/ConfirmDialog.js'
import { FormModal } from '../../forms/FormModal.js'
import { useInvalidText } from '../../forms/form-text.js'
import { Callout } from '../../ui/Callout.js'
import { type ChannelControl, type ChannelForm, resolveChannel, toForm } from './channel-form.js'
import { TargetFields } from './TargetFields.js'
import { TARGET_FIELDS, type TargetField } from './target-fields.js'

interface ChannelDialogProps {
  /** Undefined creates a channel. */
  channel: NotificationChannel | undefined
  onClose: () => void
  onSaved: (channel: NotificationChannel) => void
}

/** Creates or edits a notification channel. */
export function ChannelDialog({ channel, onClose, onSaved }: ChannelDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (change: NotificationChannelChange) =>
      channel ? replaceChannel({ channelId: channel.channelId, change }) : createChannel(change),
    onSuccess: async (saved) => {
      onSaved(saved)
      onClose()
      await client.invalidateQueries({ queryKey: notificationsKey })
    },
    // Secrets must not remain in memory after the dialog is closed.
    gcTime: 0,
  })
  const form = useForm<ChannelForm, unknown, NotificationChannelChange>({ resolver: resolveChannel, defaultValues: toForm(channel) })
  const { control, handleSubmit, formState } = form
  const { isDirty } = formState
  const [isLeaving, setLeaving] = useState(false)
  // Escape reaches this dialog also while the question is open.
  const close = () => (isDirty ? setLeaving(true) : onClose())
  const kind = useWatch({ control, name: 'kind' })
  const target = channel && targetViewOf(channel)
  return (
    <>
      <FormModal
        title={channel ? t('notifications.form.edit', { name: channel.name }) : t('notifications.form.create')}
        size="lg"
        submitLabel={channel ? t('action.save') : t('notifications.form.submitCreate')}
        isPending={save.isPending}
        error={save.error}
        closeOnClickOutside={false}
        onSubmit={handleSubmit((change) => save.mutate(change))}
        onClose={isLeaving ? () => undefined : close}
      >
        {target?.hasUnreadableSecrets ? (
          <Callout role="status" tone="bad" title={t('notifications.unreadable.title')}>
            {t('notifications.unreadable.text')}
          </Callout>
        ) : null}
        <NameField control={control} />
        {channel ? null : <KindField form={form} />}
        <TargetFields control={control} kind={kind} hasSecret={target?.hasSecret ?? false} />
      </FormModal>
      {isLeaving ? (
        <ConfirmDialog
          title={t('notifications.leave.title')}
          confirmLabel={t('notifications.leave.confirm')}
          color="red.9"
          onConfirm={onClose}
          onClose={() => setLeaving(false)}
        >
          <p>{t('notifications.leave.text')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}

interface FieldProps {
  control: ChannelControl
}

function NameField({ control }: FieldProps) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name: 'name' })
  return (
    <TextInput
      {...field}
      label={t('notifications.form.name')}
      description={t('notifications.form.nameHint')}
      error={invalidText(fieldState.error?.message)}
      maxLength={100}
      data-autofocus
    />
  )
}

/** Selects the kind of a new channel. Fields of the new kind get their defaults, unless they already have a value. */
function KindField({ form }: { form: UseFormReturn<ChannelForm, unknown, NotificationChannelChange> }) {
  const { t } = useTranslation()
  const { control, setValue, getValues, clearErrors } = form
  const { field } = useController({ control, name: 'kind' })
  const onChange = (value: string | null) => {
    const kind = NOTIFICATION_CHANNEL_KINDS.find((one) => one === value)
    if (!kind) return
    const before = TARGET_FIELDS[getValues('kind')]
    for (const [name, initial] of Object.entries(TARGET_FIELDS[kind]) as [TargetField, string | number][]) {
      const current = getValues(name)
      if (current === '' || current === before[name] || before[name] === undefined) setValue(name, initial)
    }
    // A secret belongs to the receiver that it was entered for.
    setValue('secret', '')
    clearErrors()
    field.onChange(kind)
  }
  return (
    <Select
      {...field}
      onChange={onChange}
      label={t('notifications.form.kind')}
      description={t('notifications.form.kindHint')}
      data={NOTIFICATION_CHANNEL_KINDS.map((kind) => ({ value: kind, label: t(`notifications.kind.${kind}`) }))}
      allowDeselect={false}
    />
  )
}
