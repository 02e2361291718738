import { SCAN_SOURCES, SEVERITIES } from '@guardimesh/contracts'
import { Chip, MultiSelect, NativeSelect } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import {
  FINDING_FILTER_NAMES,
  type FindingAddress,
  type FindingFilterName,
  isLastName,
  LAST_MS,
} from '../../api/queries/finding-address.js'
import { FilterField } from '../../table/FilterField.js'
import { FilterPills } from '../../table/FilterPills.js'
import lines from '../../ui/lines.module.css'
import classes from './findings.module.css'

interface FindingFilterBarProps {
  filters: FindingAddress
  onChange: (changes: Partial<Record<FindingFilterName, string | undefined>>) => void
}

const LAST_NAMES = Object.keys(LAST_MS).filter(isLastName)
const FIELDS = ['namespace', 'node', 'signature'] as const

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
        {FIELDS.map((name) => (
          <FilterField
            key={name}
            label={t(`filter.${name}`)}
            value={filters[name] ?? ''}
            onChange={(value) => onChange({ [name]: value })}
          />
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
        <NativeSelect
          size="xs"
          w={140}
          label={t('filter.last')}
          data={[{ value: '', label: t('time.any') }, ...LAST_NAMES.map((last) => ({ value: last, label: t(`time.last.${last}`) }))]}
          value={filters.last ?? ''}
          onChange={(event) => onChange({ last: event.currentTarget.value, since: undefined, until: undefined })}
        />
      </div>
      <SeverityChips filters={filters} onChange={onChange} />
      <FilterPills
        active={useActiveFilters(filters)}
        onRemove={(names) => onChange(Object.fromEntries(names.map((name) => [name, undefined])))}
      />
    </search>
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
  return FINDING_FILTER_NAMES.flatMap((name) => {
    const value = filters[name]
    return value === undefined
      ? []
      : [{ name, label: t(`filter.${name}`), value: name === 'last' && isLastName(value) ? t(`time.last.${value}`) : value }]
  })
}
