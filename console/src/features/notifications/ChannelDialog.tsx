import { type NotificationChannel, type NotificationChannelChange, SIGNATURE_ALERT_KINDS } from '@guardimesh/contracts'
import { Checkbox, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, useController, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { createChannel, notificationsKey, replaceChannel } from '../../api/queries/notifications.js'
import { FormModal } from '../../forms/FormModal.js'
import { useInvalidText } from '../../forms/form-text.js'
import forms from '../../forms/forms.module.css'
import { Callout } from '../../ui/Callout.js'
import { type ChannelControl, type ChannelForm, resolveChannel, toForm } from './channel-form.js'
import { WebhookFields } from './WebhookFields.js'

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
  const { control, handleSubmit } = useForm<ChannelForm, unknown, NotificationChannelChange>({
    resolver: resolveChannel,
    defaultValues: toForm(channel),
  })
  return (
    <FormModal
      title={channel ? t('notifications.form.edit', { name: channel.name }) : t('notifications.form.create')}
      size="lg"
      submitLabel={channel ? t('action.save') : t('notifications.form.submitCreate')}
      isPending={save.isPending}
      error={save.error}
      closeOnClickOutside={false}
      onSubmit={handleSubmit((change) => save.mutate(change))}
      onClose={onClose}
    >
      {channel?.webhook.hasUnreadableSecrets ? (
        <Callout role="status" tone="bad" title={t('notifications.unreadable.title')}>
          {t('notifications.unreadable.text')}
        </Callout>
      ) : null}
      <NameField control={control} />
      <EventsField control={control} />
      <WebhookFields control={control} hasSecret={channel?.webhook.hasSecret ?? false} />
    </FormModal>
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

function EventsField({ control }: FieldProps) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name: 'events' })
  return (
    <>
      <Checkbox.Group
        label={t('notifications.form.events')}
        value={field.value}
        onChange={field.onChange}
        error={invalidText(fieldState.error?.message)}
      >
        <div className={forms.form}>
          {SIGNATURE_ALERT_KINDS.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`signatures.alert.kind.${kind}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <Controller
        control={control}
        name="sendResolved"
        render={({ field: { value, ...rest } }) => <Checkbox {...rest} checked={value} label={t('notifications.form.sendResolved')} />}
      />
    </>
  )
}
