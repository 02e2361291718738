import { INCIDENT_RESOLUTIONS } from '@guardimesh/contracts'
import { NativeSelect, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type UseFormReturn, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { hasCode } from '../../api/errors.js'
import { assigneeList, incidentsKey } from '../../api/queries/incidents.js'
import { sessionQuery } from '../../api/queries/session.js'
import { FormModal } from '../../forms/FormModal.js'
import { formatCount } from '../../ui/format-number.js'
import { ConflictCallout } from './ConflictCallout.js'
import { sendTriage, type TriageAction, type TriageInput, type TriageResult, type TriageTarget } from './triage-target.js'

/** Maximum length of a comment in the API. */
const COMMENT_MAX_LENGTH = 4000

interface TriageDialogProps {
  action: TriageAction
  target: TriageTarget
  onDone: (result: TriageResult) => void
  onClose: () => void
}

/** Form of one action on one or several incidents. A conflict keeps the input. */
export function TriageDialog({ action, target, onDone, onClose }: TriageDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data: session } = useQuery(sessionQuery)
  const form = useForm<TriageInput>({
    defaultValues: { assignee: initialAssignee(target) ?? session?.account.email ?? '', resolution: 'true_positive', comment: '' },
  })
  const save = useMutation({
    mutationFn: ({ input, isForced }: { input: TriageInput; isForced: boolean }) => sendTriage(target, action, input, isForced),
    onSuccess: async (result) => {
      onDone(result)
      // The focus returns to the row, so the list is read before the dialog closes.
      await client.invalidateQueries({ queryKey: incidentsKey })
      onClose()
    },
  })
  const isConflict = hasCode(save.error, 'INCIDENT_CHANGED')
  const submit = (isForced: boolean) => form.handleSubmit((input) => save.mutate({ input, isForced }))
  return (
    <FormModal
      title={t(`incidents.dialog.${action}`, { target: useTargetText(target) })}
      size="lg"
      submitLabel={t(isConflict ? 'incidents.dialog.force' : `incidents.action.${action}`)}
      closeOnClickOutside={false}
      isPending={save.isPending}
      error={isConflict ? null : save.error}
      onSubmit={submit(isConflict)}
      onClose={onClose}
    >
      {isConflict && target.kind === 'one' ? <ConflictCallout incidentId={target.incident.incidentId} /> : null}
      <TriageFields action={action} form={form} />
    </FormModal>
  )
}

function initialAssignee(target: TriageTarget): string | null {
  return target.kind === 'one' ? target.incident.assignee : null
}

function useTargetText(target: TriageTarget): string {
  const { t } = useTranslation()
  return target.kind === 'one'
    ? t('incidents.dialog.one', { incidentId: target.incident.incidentId })
    : t('incidents.dialog.many', { count: target.count, shown: formatCount(target.count) })
}

function TriageFields({ action, form }: { action: TriageAction; form: UseFormReturn<TriageInput> }) {
  const { t } = useTranslation()
  const isCommentRequired = action === 'comment'
  const { errors } = form.formState
  return (
    <>
      {action === 'assign' ? <AssigneeField form={form} /> : null}
      {action === 'resolve' ? (
        <NativeSelect
          {...form.register('resolution')}
          label={t('incidents.dialog.resolution')}
          description={t('incidents.dialog.reopenHint')}
          data={INCIDENT_RESOLUTIONS.map((value) => ({ value, label: t(`incidents.resolution.${value}`) }))}
          data-autofocus
        />
      ) : null}
      <Textarea
        {...form.register('comment', {
          validate: (text) => !isCommentRequired || text.trim() !== '' || t('incidents.dialog.commentRequired'),
        })}
        label={t('incidents.dialog.comment_label')}
        error={errors.comment?.message}
        autosize
        minRows={3}
        maxLength={COMMENT_MAX_LENGTH}
        data-autofocus={isCommentRequired || undefined}
      />
    </>
  )
}

function AssigneeField({ form }: { form: UseFormReturn<TriageInput> }) {
  const { t } = useTranslation()
  const { data } = useQuery(assigneeList)
  const current = form.getValues('assignee')
  // The current assignee may be an account that no longer exists.
  const emails = [...new Set([...(current === '' ? [] : [current]), ...(data?.items.map(({ email }) => email) ?? [])])]
  return (
    <NativeSelect
      {...form.register('assignee')}
      label={t('incidents.dialog.assignee')}
      data={[{ value: '', label: t('incidents.unassigned') }, ...emails]}
      data-autofocus
    />
  )
}
