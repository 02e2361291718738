import type { AuditEntryView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../forms/Dialog.js'
import { ExactTime } from '../../ui/ExactTime.js'
import { Facts } from '../../ui/Facts.js'
import { Mono } from '../../ui/Mono.js'
import classes from './audit.module.css'
import { ResultBadge } from './audit-columns.js'
import { diffStates } from './diff-states.js'

/** All facts of an entry, and what changed. */
export function EntryDialog({ entry, onClose }: { entry: AuditEntryView; onClose: () => void }) {
  const { t } = useTranslation()
  const hasDetails = Object.keys(entry.details).length > 0
  return (
    <Dialog title={t('audit.entry.title', { position: entry.position })} size="xl" onClose={onClose}>
      <div className={classes.part}>
        <Facts
          facts={[
            [t('column.action'), entry.action],
            [t('column.result'), <ResultBadge key="result" result={entry.result} />],
            [t('column.time'), <ExactTime key="time" at={entry.at} />],
            [t('column.author'), t(`audit.author.${entry.actorKind}`, { name: entry.actorName })],
            [t('column.target'), entry.target],
            [t('audit.entry.address'), entry.clientIp],
            [t('audit.entry.requestId'), entry.requestId],
            [t('audit.entry.hash'), <Mono key="hash" text={entry.hash} />],
          ]}
        />
        <StateDiff before={entry.before} after={entry.after} />
        {hasDetails ? (
          <div>
            <h3>{t('column.details')}</h3>
            <pre className={classes.json}>{JSON.stringify(entry.details, null, 2)}</pre>
          </div>
        ) : null}
      </div>
    </Dialog>
  )
}

function StateDiff({ before, after }: Pick<AuditEntryView, 'before' | 'after'>) {
  const { t } = useTranslation()
  if (before === null && after === null) return null
  const differences = diffStates(before, after)
  return (
    <div>
      <h3>{t('audit.diff.title')}</h3>
      {differences.length === 0 ? (
        <p>{t('audit.diff.none')}</p>
      ) : (
        <table className={classes.diff}>
          <thead>
            <tr>
              <th scope="col">{t('audit.diff.field')}</th>
              <th scope="col">{t('audit.diff.before')}</th>
              <th scope="col">{t('audit.diff.after')}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((one) => (
              <tr key={one.path}>
                <th scope="row">{one.path}</th>
                <td>{one.before === undefined ? '—' : <del>{one.before}</del>}</td>
                <td>{one.after === undefined ? '—' : <ins>{one.after}</ins>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
