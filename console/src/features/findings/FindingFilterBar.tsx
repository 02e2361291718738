import { FINDING_FACETS, type FindingFacet, SCAN_SOURCES, SEVERITIES } from '@guardimesh/contracts'
import { Chip, MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FINDING_FILTER_NAMES, type FindingAddress, type FindingFilterName } from '../../api/queries/finding-address.js'
import { findingFacets } from '../../api/queries/findings.js'
import { FacetField } from '../../table/FacetField.js'
import { FilterField } from '../../table/FilterField.js'
import { FilterPills } from '../../table/FilterPills.js'
import { TimeRangeField } from '../../table/TimeRangeField.js'
import { useFilterText } from '../../table/use-filter-text.js'
import lines from '../../ui/lines.module.css'
import { TimeZoneSwitch } from '../../ui/TimeZoneSwitch.js'
import classes from './findings.module.css'

interface FindingFilterBarProps {
  filters: FindingAddress
  onChange: (changes: Partial<Record<FindingFilterName, string | undefined>>) => void
}

export function FindingFilterBar({ filters, onChange }: FindingFilterBarProps) {
  const { t } = useTranslation()
  return (
    <search className={classes.filters} aria-label={t('filter.title')}>
      <div className={classes.filterRow}>
        <FilterField
          label={t('filter.search')}
          placeholder={t('filter.searchHint')}
          icon={<IconSearch size={14} aria-hidden />}
          widthPx={220}
          value={filters.search ?? ''}
          onChange={(search) => onChange({ search })}
        />
        {FINDING_FACETS.map((facet) => (
          <FindingFacetField key={facet} facet={facet} filters={filters} onChange={onChange} />
        ))}
        <MultiSelect
          size="xs"
          w={190}
          label={t('filter.source')}
          placeholder={filters.source ? '' : t('filter.any')}
          data={SCAN_SOURCES.map((source) => ({ value: source, label: t(`source.${source}.name`) }))}
          value={filters.source?.split(',') ?? []}
          onChange={(sources) => onChange({ source: sources.join(',') })}
          clearable
        />
        <TimeRangeField range={filters} onChange={onChange} />
        <TimeZoneSwitch />
      </div>
      <SeverityChips filters={filters} onChange={onChange} />
      <FilterPills
        active={useActiveFilters(filters)}
        onRemove={(names) => onChange(Object.fromEntries(names.map((name) => [name, undefined])))}
      />
    </search>
  )
}

/** Pause after the last key before suggestions are requested. */
const SUGGESTION_PAUSE_MS = 150

/** Text filter with the values that occur in the findings of the other filters. */
function FindingFacetField({ facet, filters, onChange }: FindingFilterBarProps & { facet: FindingFacet }) {
  const { t } = useTranslation()
  const [part, setPart] = useState<string>()
  const [text = ''] = useDebouncedValue(part, SUGGESTION_PAUSE_MS)
  const suggestions = useQuery({ ...findingFacets(facet, filters, text), enabled: part !== undefined })
  return (
    <FacetField
      label={t(`filter.${facet}`)}
      value={filters[facet] ?? ''}
      onChange={(filter) => onChange({ [facet]: filter })}
      suggestions={suggestions.data}
      onPart={setPart}
    />
  )
}

function SeverityChips({ filters, onChange }: FindingFilterBarProps) {
  const { t } = useTranslation()
  return (
    <fieldset className={lines.chips}>
      <legend className="visually-hidden">{t('filter.severity')}</legend>
      <Chip.Group
        multiple
        value={filters.severity?.split(',') ?? []}
        onChange={(severities) => onChange({ severity: severities.join(',') })}
      >
        {SEVERITIES.toReversed().map((severity) => (
          <Chip key={severity} value={severity} size="xs" variant="outline">
            {t(`severity.${severity}`)}
          </Chip>
        ))}
      </Chip.Group>
    </fieldset>
  )
}

function useActiveFilters(filters: FindingAddress) {
  const { t } = useTranslation()
  const textOf = useFilterText()
  return FINDING_FILTER_NAMES.flatMap((name) => {
    const value = filters[name]
    return value === undefined ? [] : [{ name, label: t(`filter.${name}`), value: textOf(name, value) }]
  })
}
