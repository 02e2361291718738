import { DEFAULT_SCAN_CONFIG, type ScanConfig } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import classes from '../../forms/forms.module.css'
import { LeaveGuard } from '../../forms/LeaveGuard.js'
import { ActionButton } from '../../ui/ActionButton.js'
import { ConfigInput } from './config-fields.js'
import { ScanConfigPanels } from './ScanConfigPanels.js'
import { resolveScanConfig, toForm } from './scan-config-form.js'

interface ScanConfigFormProps {
  config: ScanConfig
  isSaving: boolean
  onSave: (config: ScanConfig) => void
}

export function ScanConfigForm({ config, isSaving, onSave }: ScanConfigFormProps) {
  const { t } = useTranslation()
  const { control, handleSubmit, reset, formState } = useForm({ resolver: resolveScanConfig, defaultValues: toForm(config) })
  const submit = handleSubmit(onSave)
  const unchanged = formState.isDirty ? undefined : t('form.unchanged')
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      <ScanConfigPanels>
        {({ fields }) => (
          <div className={classes.form}>
            {fields.map((field) => (
              <ConfigInput key={field.name} control={control} field={field} />
            ))}
          </div>
        )}
      </ScanConfigPanels>
      <LeaveGuard isDirty={formState.isDirty && !isSaving} />
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
    </form>
  )
}
