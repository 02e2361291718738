import { DEFAULT_SCAN_CONFIG, type ScanConfig } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { type Control, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import classes from '../../forms/forms.module.css'
import { LeaveGuard } from '../../forms/LeaveGuard.js'
import { ActionButton } from '../../ui/ActionButton.js'
import { Panel } from '../../ui/Panel.js'
import { LinesField, NumberField, SwitchField, TextField } from './config-fields.js'
import own from './scan-config.module.css'
import { resolveScanConfig, type ScanConfigForm as ScanConfigFormValues, toForm } from './scan-config-form.js'

interface ScanConfigFormProps {
  config: ScanConfig
  isReadOnly: boolean
  isSaving: boolean
  onSave: (config: ScanConfig) => void
}

const FEATURES = ['fanotify', 'drift', 'deletedBinary', 'deletedLibrary', 'memfd', 'obfuscation', 'volumes', 'imageLayers'] as const

export function ScanConfigForm({ config, isReadOnly, isSaving, onSave }: ScanConfigFormProps) {
  const { t } = useTranslation()
  const { control, handleSubmit, reset, formState } = useForm({ resolver: resolveScanConfig, defaultValues: toForm(config) })
  const submit = handleSubmit(onSave)
  const unchanged = formState.isDirty ? undefined : t('form.unchanged')
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      <fieldset disabled={isReadOnly} className={classes.fields}>
        <div className={classes.form}>
          <Panel title={t('scanConfig.triggers')}>
            <div className={classes.form}>
              <SwitchField control={control} name="activeScan" />
              <SwitchField control={control} name="scheduledScan" />
              <TextField control={control} name="schedule" />
              <NumberField control={control} name="scheduleJitterSeconds" unit="seconds" />
            </div>
          </Panel>
          <Panel title={t('scanConfig.limits')}>
            <div className={classes.form}>
              <NumberField control={control} name="maxFileSizeMib" unit="mib" />
              <NumberField control={control} name="concurrentScans" unit="files" />
              <NumberField control={control} name="mibPerSecond" unit="mibPerSecond" />
              <NumberField control={control} name="imageLayerMibPerSecond" unit="mibPerSecond" />
              <NumberField control={control} name="openFiles" unit="files" />
            </div>
          </Panel>
        </div>
        <div className={classes.form}>
          <DetectionsPanel control={control} />
          <IntervalsPanel control={control} />
        </div>
        <div className={own.wide}>
          <ScopePanel control={control} />
        </div>
      </fieldset>
      <LeaveGuard isDirty={formState.isDirty && !isSaving} />
      {isReadOnly ? (
        <p>{t('scanConfig.readOnly')}</p>
      ) : (
        <div className={classes.buttons}>
          <ActionButton type="submit" loading={isSaving} disabledReason={unchanged}>
            {t('scanConfig.save')}
          </ActionButton>
          <ActionButton variant="default" disabledReason={unchanged} onClick={() => reset()}>
            {t('scanConfig.discard')}
          </ActionButton>
          <Button variant="subtle" onClick={() => reset(toForm(DEFAULT_SCAN_CONFIG), { keepDefaultValues: true })}>
            {t('scanConfig.defaults')}
          </Button>
        </div>
      )}
    </form>
  )
}

interface PanelProps {
  control: Control<ScanConfigFormValues, unknown, ScanConfig>
}

function DetectionsPanel({ control }: PanelProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('scanConfig.detections')}>
      <div className={classes.form}>
        {FEATURES.map((name) => (
          <SwitchField key={name} control={control} name={name} />
        ))}
      </div>
    </Panel>
  )
}

function IntervalsPanel({ control }: PanelProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('scanConfig.intervals')}>
      <div className={classes.form}>
        <NumberField control={control} name="processScanIntervalSeconds" unit="seconds" />
        <NumberField control={control} name="deduplicationTtlSeconds" unit="seconds" />
        <NumberField control={control} name="pollIntervalSeconds" unit="seconds" />
      </div>
    </Panel>
  )
}

function ScopePanel({ control }: PanelProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('scanConfig.scope')}>
      <div className={classes.fields}>
        <LinesField control={control} name="skipNamespaces" />
        <LinesField control={control} name="signatureDatabases" />
      </div>
    </Panel>
  )
}
