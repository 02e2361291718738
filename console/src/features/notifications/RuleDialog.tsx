import { type NotificationChannel, type NotificationRule, type NotificationRuleChange, PREVIEW_DAYS } from '@guardimesh/contracts'
import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, useController, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { createRule, notificationsKey, previewRule, replaceRule } from '../../api/queries/notifications.js'
import { FormModal } from '../../forms/FormModal.js'
import { FormProblem } from '../../forms/FormProblem.js'
import { useInvalidText } from '../../forms/form-text.js'
import { Callout } from '../../ui/Callout.js'
import { formatCount } from '../../ui/format-number.js'
import { RuleSelectionFields } from './RuleSelectionFields.js'
import { RuleTimingFields } from './RuleTimingFields.js'
import { type RuleControl, type RuleForm, resolveRule, toRuleForm } from './rule-form.js'

interface RuleDialogProps {
  channels: readonly NotificationChannel[]
  /** Undefined creates a rule. */
  rule: NotificationRule | undefined
  onClose: () => void
  onSaved: (rule: NotificationRule) => void
}

/** Creates or edits a rule. */
export function RuleDialog({ channels, rule, onClose, onSaved }: RuleDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (change: NotificationRuleChange) => (rule ? replaceRule({ ruleId: rule.ruleId, change }) : createRule(change)),
    onSuccess: async (saved) => {
      onSaved(saved)
      onClose()
      await client.invalidateQueries({ queryKey: notificationsKey })
    },
  })
  const preview = useMutation({ mutationFn: previewRule })
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const { control, handleSubmit, formState } = useForm<RuleForm, unknown, NotificationRuleChange>({
    resolver: resolveRule,
    defaultValues: toRuleForm(rule, timeZone),
  })
  return (
    <FormModal
      title={rule ? t('notifications.rule.edit', { name: rule.name }) : t('notifications.rule.create')}
      size="xl"
      submitLabel={rule ? t('action.save') : t('notifications.rule.submitCreate')}
      isPending={save.isPending}
      isDirty={formState.isDirty}
      error={save.error}
      closeOnClickOutside={false}
      onSubmit={handleSubmit((change) => save.mutate(change))}
      onClose={onClose}
    >
      <HeadFields control={control} channels={channels} />
      <RuleSelectionFields control={control} />
      <RuleTimingFields control={control} channels={channels} />
      <div>
        <Button
          variant="default"
          size="xs"
          loading={preview.isPending}
          onClick={() => void handleSubmit((change) => preview.mutate(change))()}
        >
          {t('notifications.rule.preview')}
        </Button>
      </div>
      <FormProblem error={preview.error} />
      {preview.data ? (
        <Callout role="status" tone="calm">
          {t('notifications.rule.previewResult', {
            count: preview.data.messages,
            days: PREVIEW_DAYS,
            events: formatCount(preview.data.events),
          })}
          {preview.data.isComplete ? null : ` ${t('notifications.rule.previewPartial')}`}
        </Callout>
      ) : null}
    </FormModal>
  )
}

function HeadFields({ control, channels }: { control: RuleControl; channels: readonly NotificationChannel[] }) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field: name, fieldState: nameState } = useController({ control, name: 'name' })
  const { field: channel, fieldState: channelState } = useController({ control, name: 'channelId' })
  return (
    <>
      <TextInput
        {...name}
        label={t('notifications.rule.name')}
        error={invalidText(nameState.error?.message)}
        maxLength={100}
        data-autofocus
      />
      <Select
        {...channel}
        onChange={(value) => channel.onChange(value ?? '')}
        label={t('notifications.rule.channel')}
        error={invalidText(channelState.error?.message)}
        data={channels.map(({ channelId: value, name: label }) => ({ value, label }))}
        allowDeselect={false}
      />
      <Controller
        control={control}
        name="isEnabled"
        render={({ field: { value, ...field } }) => <Checkbox {...field} checked={value} label={t('notifications.rule.enabled')} />}
      />
    </>
  )
}
