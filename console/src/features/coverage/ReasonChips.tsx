import type { CoveragePage, CoverageReasonName } from '@guardimesh/contracts'
import { Chip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../ui/format-number.js'
import classes from './coverage.module.css'

interface ReasonChipsProps {
  totals: CoveragePage['totals']
  reason: CoverageReasonName | undefined
  onChange: (reason: CoverageReasonName | undefined) => void
}

/** How much was not scanned, by reason; a chip shows only its own. The chosen reason is explained below. */
export function ReasonChips({ totals, reason, onChange }: ReasonChipsProps) {
  const { t } = useTranslation()
  if (totals.length === 0) return null
  return (
    <div className={classes.reasons}>
      <fieldset className={classes.chips}>
        <legend className="visually-hidden">{t('coverage.byReason')}</legend>
        {totals.map((total) => (
          <Chip
            key={total.reason}
            size="xs"
            variant="outline"
            checked={total.reason === reason}
            onChange={(isChosen) => onChange(isChosen ? total.reason : undefined)}
          >
            {t('coverage.total', {
              reason: t(`reason.${total.reason}.name`),
              count: total.files,
              shown: formatCount(total.files),
            })}
          </Chip>
        ))}
      </fieldset>
      {reason ? <p className={classes.meaning}>{t(`reason.${reason}.meaning`)}</p> : null}
    </div>
  )
}
