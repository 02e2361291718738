import { parseTextTerms, SCAN_SOURCES, SEVERITIES } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { isLastName } from '../api/queries/time-range.js'
import { formatExact, useTimeZone } from '../ui/time-zone.js'
import { TEXT_FILTERS } from './text-terms.js'

/** Returns a function with the text of a filter value, which is the same as in the controls and the table. */
export function useFilterText(): (name: string, value: string) => string {
  const { t } = useTranslation()
  const zone = useTimeZone()
  const listOf = <Known extends string>(known: readonly Known[], value: string, textOf: (entry: Known) => string) =>
    value
      .split(',')
      .map((entry) => known.find((one) => one === entry))
      .flatMap((entry) => (entry === undefined ? [] : [textOf(entry)]))
      .join(', ') || value
  const textOf = (value: string) =>
    (parseTextTerms(value, 'exact') ?? [])
      .map(({ text, isExact, isNegated }) => {
        if (isNegated) return t(isExact ? 'textTerm.notExact' : 'textTerm.notContains', { text })
        return t(isExact ? 'textTerm.exact' : 'textTerm.contains', { text })
      })
      .join(', ') || value
  return (name, value) => {
    if (name === 'severity') return listOf(SEVERITIES, value, (severity) => t(`severity.${severity}`))
    if (name === 'source') return listOf(SCAN_SOURCES, value, (source) => t(`source.${source}.name`))
    if (name === 'last' && isLastName(value)) return t(`time.last.${value}`)
    if (TEXT_FILTERS.has(name)) return textOf(value)
    if (name !== 'since' && name !== 'until') return value
    return Number.isNaN(Date.parse(value)) ? value : t('time.inZone', { time: formatExact(value, zone), zone: t(`time.zone.${zone}`) })
  }
}
