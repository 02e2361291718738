import { IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type en from '../i18n/en.json'
import lines from '../ui/lines.module.css'
import { FilterField } from './FilterField.js'
import { FilterPills } from './FilterPills.js'
import classes from './table.module.css'
import { fromTextFilter, TEXT_FILTERS, toTextFilter } from './text-terms.js'
import { useFilterText } from './use-filter-text.js'

interface NamedFilterBarProps<Name extends string> {
  /** Filters that have an input field. */
  names: readonly (Name & keyof typeof en.filter)[]
  /** Filters that are shown as pills when set, including those that only links set. */
  pillNames: readonly (Name & keyof typeof en.filter)[]
  filters: Readonly<Partial<Record<Name, string>>>
  onChange: (changes: Partial<Record<Name, string | undefined>>) => void
  /** Additional controls. */
  children?: ReactNode
}

/** Text filters of a list, and pills of the active ones. */
export function NamedFilterBar<Name extends string>({ names, pillNames, filters, onChange, children }: NamedFilterBarProps<Name>) {
  const { t } = useTranslation()
  const textOf = useFilterText()
  const change = (name: Name, value: string | undefined) => {
    const changes: Partial<Record<Name, string | undefined>> = {}
    changes[name] = value
    onChange(changes)
  }
  const active = pillNames.flatMap((name) => {
    const value = filters[name]
    return value === undefined ? [] : [{ name, label: t(`filter.${name as keyof typeof en.filter}`), value: textOf(name, value) }]
  })
  const remove = (removed: readonly string[]) => {
    const changes: Partial<Record<Name, string | undefined>> = {}
    for (const name of pillNames) if (removed.includes(name)) changes[name] = undefined
    onChange(changes)
  }
  return (
    <search aria-label={t('filter.title')} className={classes.filterBar}>
      <div className={lines.toolbar}>
        {names.map((name) => (
          <FilterField
            key={name}
            label={t(`filter.${name as keyof typeof en.filter}`)}
            {...(name === 'search' ? { icon: <IconSearch size={14} aria-hidden />, widthPx: 240 } : {})}
            {...(TEXT_FILTERS.has(name)
              ? {
                  placeholder: t('filter.contains'),
                  value: fromTextFilter(filters[name] ?? ''),
                  onChange: (value: string) => change(name, toTextFilter(value)),
                }
              : { value: filters[name] ?? '', onChange: (value: string) => change(name, value) })}
          />
        ))}
        {children}
      </div>
      <FilterPills active={active} onRemove={remove} />
    </search>
  )
}
