import type { CoveragePage, CoverageReasonName } from '@guardimesh/contracts'
import { Chip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../ui/format-number.js'
import lines from '../../ui/lines.module.css'
import classes from './coverage.module.css'

type Total = CoveragePage['totals'][number]

interface ReasonChipsProps {
  totals: CoveragePage['totals']
  reason: CoverageReasonName | undefined
  onChange: (reason: CoverageReasonName | undefined) => void
}

/** Most files first; entries for entire containers have none. */
const byCount = (a: Total, b: Total) => b.files - a.files || b.entries - a.entries

/** Numbers of unscanned files by reason. Selecting a chip filters by its reason and explains it. */
export function ReasonChips({ totals, reason, onChange }: ReasonChipsProps) {
  const { t } = useTranslation()
  if (totals.length === 0) return null
  // Entries for entire containers have no number of files.
  const labelOf = ({ reason, files }: Total) => {
    const name = t(`reason.${reason}.name`)
    return files > 0 ? t('coverage.total', { reason: name, count: files, shown: formatCount(files) }) : name
  }
  return (
    <div className={classes.reasons}>
      <fieldset className={lines.chips}>
        <legend className="visually-hidden">{t('coverage.byReason')}</legend>
        {totals.toSorted(byCount).map((total) => (
          <Chip
            key={total.reason}
            size="xs"
            variant="outline"
            checked={total.reason === reason}
            onChange={(isSelected) => onChange(isSelected ? total.reason : undefined)}
          >
            {labelOf(total)}
          </Chip>
        ))}
      </fieldset>
      {reason ? <p className={classes.meaning}>{t(`reason.${reason}.meaning`)}</p> : null}
    </div>
  )
}
