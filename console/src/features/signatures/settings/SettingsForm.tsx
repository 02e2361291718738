import type { SignatureSettings } from '@guardimesh/contracts'
import { NumberInput, Switch, TagsInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Control, useController, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { signatureNodesQuery } from '../../../api/queries/signatures.js'
import { useInvalidText } from '../../../forms/form-text.js'
import classes from '../../../forms/forms.module.css'
import { LeaveGuard } from '../../../forms/LeaveGuard.js'
import type en from '../../../i18n/en.json'
import { ActionButton } from '../../../ui/ActionButton.js'
import { Panel } from '../../../ui/Panel.js'
import type { ServerProps } from '../SignaturesFrame.js'
import { fileNameOf } from '../signature-rules.js'
import own from '../signatures.module.css'
import { ProfileField } from './ProfileField.js'
import { resolveSettings, type SettingsForm as SettingsFormValues, toForm } from './settings-form.js'

interface SettingsFormProps extends Pick<ServerProps, 'server'> {
  /** Why the form is read-only; undefined if it is editable. */
  disabledReason: string | undefined
  isSaving: boolean
  onSave: (settings: SignatureSettings) => void
}

export function SettingsForm({ server, disabledReason, isSaving, onSave }: SettingsFormProps) {
  const { t } = useTranslation()
  const { control, handleSubmit, reset, formState } = useForm({
    resolver: resolveSettings,
    defaultValues: toForm(server.settings),
  })
  const profile = useWatch({ control, name: 'profile' })
  const submit = handleSubmit(onSave)
  const unchanged = formState.isDirty ? undefined : t('form.unchanged')
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      <fieldset disabled={disabledReason !== undefined} className={classes.fields}>
        <CanaryPanel control={control} />
        <Panel title={t('signatures.settings.profile')}>
          <div className={classes.form}>
            <ProfileField control={control} server={server} />
            {profile === 'custom' ? <NamesField control={control} name="profileFiles" data={databaseNames(server)} /> : null}
          </div>
        </Panel>
      </fieldset>
      <LeaveGuard isDirty={formState.isDirty && !isSaving} />
      <div className={classes.buttons}>
        <ActionButton type="submit" loading={isSaving} disabledReason={disabledReason ?? unchanged}>
          {t('action.save')}
        </ActionButton>
        <ActionButton variant="default" disabledReason={unchanged} onClick={() => reset()}>
          {t('action.discard')}
        </ActionButton>
      </div>
    </form>
  )
}

/** Names of all databases of the kept generations. */
const databaseNames = ({ generations }: ServerProps['server']) =>
  [...new Set(generations.flatMap(({ databases }) => databases.map(({ path }) => fileNameOf(path))))].toSorted()

interface PartProps {
  control: Control<SettingsFormValues, unknown, SignatureSettings>
}

function CanaryPanel({ control }: PartProps) {
  const { t } = useTranslation()
  const { data: nodes } = useQuery(signatureNodesQuery)
  const names = [...new Set(nodes?.items.map(({ nodeName }) => nodeName))]
  return (
    <Panel title={t('signatures.settings.canary')}>
      <div className={classes.form}>
        <p className={own.note}>{t('signatures.settings.canaryText')}</p>
        <NamesField control={control} name="nodes" data={names} />
        <div className={classes.pair}>
          <AmountField control={control} name="percent" unit="percent" />
          <AmountField control={control} name="soakMinutes" unit="minutes" />
        </div>
        <AmountField control={control} name="holdAfterDetections" unit="files" />
        <PinnedField control={control} />
      </div>
    </Panel>
  )
}

/** Returns the form field of a setting and its texts. */
function useField<Name extends keyof typeof en.signatures.settings.field>({ control, name }: PartProps & { name: Name }) {
  const { t } = useTranslation()
  const invalidText = useInvalidText()
  const { field, fieldState } = useController({ control, name })
  return {
    field,
    texts: {
      label: t(`signatures.settings.field.${name as keyof typeof en.signatures.settings.field}.name`),
      description: t(`signatures.settings.field.${name as keyof typeof en.signatures.settings.field}.meaning`),
      error: invalidText(fieldState.error?.message),
    },
  }
}

function NamesField({ data, ...props }: PartProps & { name: 'nodes' | 'profileFiles'; data: readonly string[] }) {
  const { field, texts } = useField(props)
  return <TagsInput {...texts} {...field} data={[...data]} clearable maxTags={200} />
}

function AmountField({
  unit,
  ...props
}: PartProps & { name: 'percent' | 'soakMinutes' | 'holdAfterDetections'; unit: keyof typeof en.unit }) {
  const { t } = useTranslation()
  const { field, texts } = useField(props)
  return <NumberInput {...texts} {...field} suffix={` ${t(`unit.${unit}`)}`} thousandSeparator="," min={0} hideControls />
}

function PinnedField({ control }: PartProps) {
  const { field, texts } = useField({ control, name: 'pinned' })
  return (
    <Switch
      {...texts}
      name={field.name}
      ref={field.ref}
      checked={field.value}
      onBlur={field.onBlur}
      onChange={(event) => field.onChange(event.currentTarget.checked)}
    />
  )
}
