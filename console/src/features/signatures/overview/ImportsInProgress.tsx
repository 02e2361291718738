import type { SignatureImport } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../ui/Panel.js'
import { ImportProgress } from '../ImportProgress.js'
import classes from '../signatures.module.css'

/** Imports in progress; renders nothing without any. */
export function ImportsInProgress({ imports }: { imports: readonly SignatureImport[] }) {
  const { t } = useTranslation()
  const running = imports.filter(({ endedAt }) => endedAt === null)
  if (running.length === 0) return null
  return (
    <Panel title={t('signatures.import.inProgress')}>
      <div className={classes.stack}>
        {running.map((entry) => (
          <ImportProgress key={entry.importId} entry={entry} />
        ))}
      </div>
    </Panel>
  )
}
