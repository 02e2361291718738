import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../ui/ActionButton.js'
import { formatCount } from '../../ui/format-number.js'
import classes from './incidents.module.css'
import type { TriageAction } from './triage-target.js'

interface BulkBarProps {
  count: number
  total: number
  isAllMatching: boolean
  onSelectAll: () => void
  onClear: () => void
  onAction: (action: TriageAction) => void
}

const ACTIONS = ['assign', 'start', 'resolve', 'reopen'] as const

/** Actions on the selected incidents; renders nothing without a selection. */
export function BulkBar({ count, total, isAllMatching, onSelectAll, onClear, onAction }: BulkBarProps) {
  const { t } = useTranslation()
  if (count === 0) return null
  return (
    <section className={classes.bulk} aria-label={t('incidents.bulk.label')}>
      <p role="status">{t('incidents.bulk.selected', { count, shown: formatCount(count) })}</p>
      {isAllMatching || total <= count ? null : (
        <Button size="compact-sm" variant="subtle" onClick={onSelectAll}>
          {t('incidents.bulk.selectAll', { total: formatCount(total) })}
        </Button>
      )}
      {ACTIONS.map((action) => (
        <Button key={action} size="compact-sm" variant={action === 'resolve' ? 'filled' : 'default'} onClick={() => onAction(action)}>
          {t(`incidents.action.${action}`)}
        </Button>
      ))}
      <ActionButton
        size="compact-sm"
        variant="default"
        disabledReason={count === 1 && !isAllMatching ? undefined : t('incidents.bulk.commentOne')}
        onClick={() => onAction('comment')}
      >
        {t('incidents.action.comment')}
      </ActionButton>
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        {t('incidents.bulk.clear')}
      </Button>
    </section>
  )
}
