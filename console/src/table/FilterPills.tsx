import { Button, CloseButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './table.module.css'

export interface ActiveFilter {
  name: string
  label: string
  value: string
}

interface FilterPillsProps {
  active: readonly ActiveFilter[]
  onRemove: (names: readonly string[]) => void
}

/** Active filters, each with a remove button; renders nothing without filters. */
export function FilterPills({ active, onRemove }: FilterPillsProps) {
  const { t } = useTranslation()
  if (active.length === 0) return null
  return (
    <div className={classes.pills}>
      {active.map(({ name, label, value }) => (
        <span key={name} className={classes.pill}>
          <span className={classes.pillText} title={value}>
            {label}: <b>{value}</b>
          </span>
          <CloseButton size="xs" aria-label={t('filter.remove', { label, value })} onClick={() => onRemove([name])} />
        </span>
      ))}
      <Button size="compact-xs" variant="subtle" onClick={() => onRemove(active.map(({ name }) => name))}>
        {t('filter.clear')}
      </Button>
    </div>
  )
}
