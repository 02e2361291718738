import { type NotificationChannel, type NotificationChannelChange, SIGNATURE_ALERT_KINDS } from '@guardimesh/contracts'
import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, useController, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { createChannel, notificationsKey, replaceChannel } from '../../api/queries/notifications.js'
import { FormProblem } from '../../forms/FormProblem.js'
import { useInvalidText } from '../../forms/form-text.js'
import forms from '../../forms/forms.module.css'
import { type ChannelControl, type ChannelForm, resolveChannel, toForm } from './channel-form.js'
import { WebhookFields } from './WebhookFields.js'

interface ChannelDialogProps {
  /** Undefined: a new one is made. */
  channel: NotificationChannel | undefined
  onClose: () => void
  onSaved: (channel: NotificationChannel) => void
}

/** Asks who is told of what. */
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
    // Secrets must not stay in memory after the dialog is gone.
    gcTime: 0,
  })
  const { control, handleSubmit } = useForm<ChannelForm, unknown, NotificationChannelChange>({
    resolver: resolveChannel,
    defaultValues: toForm(channel),
  })
  const submit = handleSubmit((change) => save.mutate(change))
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={channel ? t('notifications.form.edit', { name: channel.name }) : t('notifications.form.create')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      closeOnClickOutside={false}
    >
      <form className={forms.form} onSubmit={(event) => void submit(event)} noValidate>
        <FormProblem error={save.error} />
        <NameField control={control} />
        <EventsField control={control} />
        <WebhookFields control={control} hasSecret={channel?.webhook.hasSecret ?? false} />
        <div className={forms.buttons}>
          <Button type="submit" loading={save.isPending}>
            {channel ? t('action.save') : t('notifications.form.submitCreate')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
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
        render={({ field: { value, ...told } }) => <Checkbox {...told} checked={value} label={t('notifications.form.sendResolved')} />}
      />
    </>
  )
}
