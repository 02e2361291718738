import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isLastName, LAST_MS } from '../api/queries/time-range.js'
import { fromInputTime, type TimeZone, toInputTime, useTimeZone } from '../ui/time-zone.js'

/** Filters of a time range: `last` is relative to now, `since` and `until` are ISO 8601 times. */
export type TimeRange = Readonly<Partial<Record<'last' | 'since' | 'until', string | undefined>>>

interface TimeRangeFieldProps {
  range: TimeRange
  onChange: (range: TimeRange) => void
}

const LAST_NAMES = Object.keys(LAST_MS).filter(isLastName)
const CUSTOM = 'custom'

/** Time filter of a list: a preset, or from and to. */
export function TimeRangeField({ range, onChange }: TimeRangeFieldProps) {
  const { t } = useTranslation()
  const zone = useTimeZone()
  const [isCustomSelected, setCustomSelected] = useState(false)
  const isCustom = isCustomSelected || range.since !== undefined || range.until !== undefined
  const select = (value: string) => {
    setCustomSelected(value === CUSTOM)
    onChange({ last: value === CUSTOM ? undefined : value, since: undefined, until: undefined })
  }
  return (
    <>
      <NativeSelect
        size="xs"
        w={140}
        label={t('filter.last')}
        data={[
          { value: '', label: t('time.any') },
          ...LAST_NAMES.map((last) => ({ value: last, label: t(`time.last.${last}`) })),
          { value: CUSTOM, label: t('time.custom') },
        ]}
        value={isCustom ? CUSTOM : (range.last ?? '')}
        onChange={(event) => select(event.currentTarget.value)}
      />
      {isCustom
        ? (['since', 'until'] as const).map((name) => (
            <MomentField
              key={`${name} ${range[name]} ${zone}`}
              label={t(`time.${name}`, { zone: t(`time.zone.${zone}`) })}
              iso={range[name]}
              zone={zone}
              onChange={(iso) => onChange({ ...range, last: undefined, [name]: iso })}
            />
          ))
        : null}
    </>
  )
}

interface MomentFieldProps {
  label: string
  iso: string | undefined
  zone: TimeZone
  onChange: (iso: string | undefined) => void
}

/** Date and time. Applied with Enter or when the field loses the focus, because each intermediate value is a valid time. */
function MomentField({ label, iso, zone, onChange }: MomentFieldProps) {
  const apply = (value: string) => {
    const entered = fromInputTime(value, zone)
    const isUnchanged = entered === fromInputTime(toInputTime(iso, zone), zone)
    if (isUnchanged || (value !== '' && entered === undefined)) return
    onChange(entered)
  }
  return (
    <TextInput
      type="datetime-local"
      step={1}
      size="xs"
      w={215}
      label={label}
      defaultValue={toInputTime(iso, zone)}
      onBlur={(event) => apply(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply(event.currentTarget.value)
      }}
    />
  )
}
