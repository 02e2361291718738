import { Autocomplete } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../ui/format-number.js'
import { fieldStyle } from './FilterField.js'
import classes from './table.module.css'
import { fromTextFilter, toTextFilter } from './text-terms.js'
import { useFilterDraft } from './use-filter-draft.js'

/** Values of a filter with their number of rows. */
export interface Suggestions {
  readonly values: readonly { readonly value: string; readonly count: number }[]
  readonly countsAreMinimum: boolean
}

interface FacetFieldProps {
  label: string
  /** Filter of the API; '' for none. */
  value: string
  onChange: (filter: string) => void
  /** Suggestions for the part that is being typed. */
  suggestions: Suggestions | undefined
  /** Called with the part that is being typed; undefined when the field is no longer in use. */
  onPart: (part: string | undefined) => void
}

const WIDTH_PX = 150

/** Text filter with suggestions: `part`, `=exactly`, `-not`, several separated by commas. */
export function FacetField({ label, value, onChange, suggestions, onPart }: FacetFieldProps) {
  const { t } = useTranslation()
  const { text, type } = useFilterDraft(fromTextFilter(value), (typed) => onChange(toTextFilter(typed)))
  const { before, sign, part } = splitLastTerm(text)
  // The suggestions of a shorter text are shown until the next ones arrive.
  const matching = suggestions?.values.filter((entry) => entry.value.toLowerCase().includes(part.toLowerCase()))
  const counts = new Map(matching?.map((entry) => [optionOf(before, sign, entry.value), entry]))
  return (
    <Autocomplete
      size="xs"
      style={fieldStyle(WIDTH_PX)}
      label={label}
      placeholder={t('filter.contains')}
      value={text}
      maxLength={200}
      data={[...counts.keys()]}
      filter={({ options }) => options}
      limit={counts.size}
      renderOption={({ option }) => <Suggestion {...counts.get(option.value)} isMinimum={suggestions?.countsAreMinimum ?? false} />}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      onFocus={() => onPart(part)}
      onBlur={() => onPart(undefined)}
      onChange={(typed) => {
        type(typed)
        onPart(splitLastTerm(typed).part)
      }}
    />
  )
}

function Suggestion({ value, count, isMinimum }: { value?: string; count?: number; isMinimum: boolean }) {
  const { t } = useTranslation()
  const total = formatCount(count ?? 0)
  return (
    <span className={classes.suggestion}>
      <span translate="no">{value}</span>
      <span>{isMinimum ? t('table.atLeast', { total }) : total}</span>
    </span>
  )
}

/** The part after the last comma, without its signs. */
function splitLastTerm(text: string) {
  const [, before = '', sign = '', part = ''] = /^((?:.*[^\\],)?\s*)([-=~]*)(.*)$/s.exec(text) ?? []
  return { before, sign, part: part.trim() }
}

/** Text of the field after a suggestion was selected. */
function optionOf(before: string, sign: string, value: string): string {
  return `${before}${sign.startsWith('-') ? '-' : ''}=${value.replaceAll(/[\\,]/g, '\\$&')}`
}
