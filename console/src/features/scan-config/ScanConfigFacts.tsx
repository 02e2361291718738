import type { ScanConfig } from '@guardimesh/contracts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import classes from '../../forms/forms.module.css'
import type en from '../../i18n/en.json'
import { Facts } from '../../ui/Facts.js'
import { formatCount } from '../../ui/format-number.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'
import type { ConfigField } from './config-panels.js'
import { ScanConfigPanels } from './ScanConfigPanels.js'
import { type ScanConfigForm, toForm } from './scan-config-form.js'

/** Scan settings as text, for users who can't change them. */
export function ScanConfigFacts({ config }: { config: ScanConfig }) {
  const { t } = useTranslation()
  const form = toForm(config)
  const nameOf = (field: ConfigField) => t(`scanConfig.field.${field.name as keyof typeof en.scanConfig.field}.name`)
  return (
    <div className={classes.form}>
      <ScanConfigPanels>
        {({ fields }) => (
          <Facts facts={fields.map((field) => [nameOf(field), <Value key={field.name} field={field} form={form} />] as const)} />
        )}
      </ScanConfigPanels>
    </div>
  )
}

function Value({ field, form }: { field: ConfigField; form: ScanConfigForm }) {
  const { t } = useTranslation()
  if (field.kind === 'switch')
    return form[field.name] ? <StateBadge tone="good" text={t('value.on')} /> : <StateBadge tone="quiet" text={t('value.off')} />
  return (
    <>
      <span className={classes.lines}>{valueText(field, form, t)}</span>
      <SecondLine>{t(`scanConfig.field.${field.name as keyof typeof en.scanConfig.field}.meaning`)}</SecondLine>
    </>
  )
}

function valueText(field: Exclude<ConfigField, { kind: 'switch' }>, form: ScanConfigForm, t: TFunction): string {
  if (field.kind === 'number') return `${formatCount(Number(form[field.name]))} ${t(`unit.${field.unit}`)}`
  return form[field.name] || t('value.none')
}
