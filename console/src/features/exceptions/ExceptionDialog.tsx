import { EXCEPTION_REASON_MAX_LENGTH, type ExceptionView, isBroadException } from '@guardimesh/contracts'
import { Checkbox, NativeSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type UseFormReturn, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { createException, exceptionPreview, exceptionsKey } from '../../api/queries/exceptions.js'
import { FormModal } from '../../forms/FormModal.js'
import { Callout } from '../../ui/Callout.js'
import { CriteriaFields } from './CriteriaFields.js'
import { type ExceptionForm, parseCriteria, resolveException, VALIDITY_DEFAULT } from './exception-form.js'
import { criteriaOf, type ExceptionScope, type ExceptionSource, NO_CRITERIA, scopesOf } from './exception-scope.js'
import { PreviewPanel } from './PreviewPanel.js'
import { ReasonField, ValidityField } from './ReasonFields.js'

interface ExceptionDialogProps {
  /** The finding or incident that the exception is created from. */
  source?: ExceptionSource | undefined
  onCreated: (exception: ExceptionView) => void
  onClose: () => void
}

/** Pause after the last key before a preview is requested. */
const PREVIEW_PAUSE_MS = 400

/** Creates an exception. Saving requires that the user has seen what it would have hidden. */
export function ExceptionDialog({ source, onCreated, onClose }: ExceptionDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const initial = source ? criteriaOf(source, defaultScope(source)) : NO_CRITERIA
  const form = useForm<ExceptionForm, unknown, Parameters<typeof createException>[0]>({
    resolver: resolveException,
    defaultValues: { ...initial, reason: '', validity: VALIDITY_DEFAULT, confirmBroad: false },
  })
  const create = useMutation({
    mutationFn: createException,
    onSuccess: async (created) => {
      await client.invalidateQueries({ queryKey: exceptionsKey })
      onCreated(created)
      onClose()
    },
  })
  const values = useWatch({ control: form.control }) as ExceptionForm
  const [settled] = useDebouncedValue(JSON.stringify(parseCriteria(values)), PREVIEW_PAUSE_MS)
  const criteria = parseCriteria(values)
  const isSettled = settled === JSON.stringify(criteria)
  const preview = useQuery({ ...exceptionPreview(criteria ?? {}), enabled: criteria !== undefined && isSettled })
  const isCounting = criteria !== undefined && (!isSettled || preview.isPending)
  return (
    <FormModal
      title={t('exceptions.create.title')}
      size="xl"
      submitLabel={t('exceptions.create.submit')}
      submitDisabledReason={isCounting ? t('exceptions.preview.counting') : undefined}
      isDirty={form.formState.isDirty}
      isPending={create.isPending}
      error={create.error}
      closeOnClickOutside={false}
      onSubmit={form.handleSubmit((request) => create.mutate(request))}
      onClose={onClose}
    >
      {source ? <ScopeField source={source} form={form} /> : null}
      <CriteriaFields form={form} />
      <PreviewPanel criteria={isSettled ? criteria : undefined} />
      {criteria && isBroadException(criteria) ? <BroadWarning form={form} /> : null}
      <ReasonField
        registered={form.register('reason')}
        error={form.formState.errors.reason?.message}
        maxLength={EXCEPTION_REASON_MAX_LENGTH}
      />
      <ValidityField registered={form.register('validity')} />
    </FormModal>
  )
}

/** Narrow enough to hide nothing elsewhere, and not lost when a pod is replaced. */
function defaultScope(source: ExceptionSource): ExceptionScope {
  const scopes = scopesOf(source)
  return scopes.includes('namespace') ? 'namespace' : (scopes[0] ?? 'everywhere')
}

type CreateForm = UseFormReturn<ExceptionForm, unknown, Parameters<typeof createException>[0]>

function ScopeField({ source, form }: { source: ExceptionSource; form: CreateForm }) {
  const { t } = useTranslation()
  const scopes = scopesOf(source)
  const apply = (name: string) => {
    const scope = scopes.find((one) => one === name)
    if (scope === undefined) return
    const texts = criteriaOf(source, scope)
    for (const criterion of Object.keys(texts) as (keyof typeof texts)[])
      form.setValue(criterion, texts[criterion], { shouldDirty: true, shouldValidate: form.formState.isSubmitted })
  }
  return (
    <NativeSelect
      label={t('exceptions.scope.label')}
      description={t('exceptions.scope.hint')}
      defaultValue={defaultScope(source)}
      data={scopes.map((value) => ({ value, label: t(`exceptions.scope.${value}`) }))}
      onChange={(event) => apply(event.currentTarget.value)}
      data-autofocus
    />
  )
}

function BroadWarning({ form }: { form: CreateForm }) {
  const { t } = useTranslation()
  const isMissing = form.formState.errors.confirmBroad !== undefined
  return (
    <Callout role="alert" tone="bad" title={t('exceptions.broad.title')}>
      <p>{t('exceptions.broad.text')}</p>
      <Checkbox
        {...form.register('confirmBroad')}
        label={t('exceptions.broad.confirm')}
        error={isMissing ? t('form.invalid.confirmBroad') : undefined}
      />
    </Callout>
  )
}
