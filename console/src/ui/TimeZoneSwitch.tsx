import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { selectTimeZone, useTimeZone } from './time-zone.js'

const ZONES = ['utc', 'local'] as const

/** Selects the time zone of exact times; the browser keeps the selection. */
export function TimeZoneSwitch() {
  const { t } = useTranslation()
  const zone = useTimeZone()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('time.zone.label')}
      data={ZONES.map((value) => ({ value, label: t(`time.zone.${value}`) }))}
      value={zone}
      onChange={selectTimeZone}
    />
  )
}
