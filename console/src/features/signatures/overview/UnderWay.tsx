import type { SignatureImport } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../ui/Panel.js'
import { ImportProgress } from '../ImportProgress.js'
import classes from '../signatures.module.css'

/** What is being brought in right now; nothing when nothing is. */
export function UnderWay({ imports }: { imports: readonly SignatureImport[] }) {
  const { t } = useTranslation()
  const moving = imports.filter(({ endedAt }) => endedAt === null)
  if (moving.length === 0) return null
  return (
    <Panel title={t('signatures.import.underWay')}>
      <div className={classes.stack}>
        {moving.map((entry) => (
          <ImportProgress key={entry.importId} entry={entry} />
        ))}
      </div>
    </Panel>
  )
}
