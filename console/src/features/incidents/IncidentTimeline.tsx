import type { IncidentTimelineEntry, IncidentTriage } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { ExactTime } from '../../ui/ExactTime.js'
import { useStatusText } from './IncidentStatusBadge.js'
import classes from './incidents.module.css'

/** Events, changes and comments, newest first. */
export function IncidentTimeline({ entries }: { entries: readonly IncidentTimelineEntry[] }) {
  return (
    <ol className={classes.timeline}>
      {entries.map((entry) => (
        <li key={entry.entryId} data-event={entry.changedBy === '' || undefined}>
          <EntryTitle entry={entry} />
          {entry.before && entry.after ? <ChangeLines before={entry.before} after={entry.after} /> : null}
          {entry.comment === '' ? null : <p className={classes.comment}>{entry.comment}</p>}
          <ExactTime at={entry.at} />
        </li>
      ))}
    </ol>
  )
}

function EntryTitle({ entry }: { entry: IncidentTimelineEntry }) {
  const { t } = useTranslation()
  const severity = entry.severity === null ? '' : t(`severity.${entry.severity}`)
  return (
    <p>
      <b>{t(`incidents.timeline.${entry.kind}`, { user: entry.changedBy, severity })}</b>
    </p>
  )
}

function ChangeLines({ before, after }: { before: IncidentTriage; after: IncidentTriage }) {
  const { t } = useTranslation()
  const statusText = useStatusText()
  const assigneeText = ({ assignee }: IncidentTriage) => assignee ?? t('incidents.unassigned')
  return (
    <>
      {statusText(before) === statusText(after) ? null : (
        <p>{t('incidents.timeline.statusChange', { before: statusText(before), after: statusText(after) })}</p>
      )}
      {before.assignee === after.assignee ? null : (
        <p>{t('incidents.timeline.assigneeChange', { before: assigneeText(before), after: assigneeText(after) })}</p>
      )}
    </>
  )
}
