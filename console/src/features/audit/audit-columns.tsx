import type { AuditEntryView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../table/DataTable.js'
import { Mono } from '../../ui/Mono.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { TimeCell } from '../../ui/TimeCell.js'
import classes from './audit.module.css'

export function ResultBadge({ result }: Pick<AuditEntryView, 'result'>) {
  const { t } = useTranslation()
  return <StateBadge tone={result === 'success' ? 'good' : 'bad'} text={t(`audit.result.${result}`)} />
}

/** @param onOpen shows an entry. */
export function buildAuditColumns(onOpen: (entry: AuditEntryView) => void): readonly Column<AuditEntryView>[] {
  return [
    { header: 'time', width: '176px', cell: ({ at }) => <TimeCell at={at} /> },
    {
      header: 'action',
      cell: (entry) => (
        <button type="button" className={classes.open} onClick={() => onOpen(entry)}>
          {entry.action}
        </button>
      ),
    },
    {
      header: 'author',
      cell: ({ actorName, clientIp }) => (
        <>
          {actorName}
          {clientIp === '' ? null : <SecondLine>{clientIp}</SecondLine>}
        </>
      ),
    },
    { header: 'target', cell: ({ target }) => <Mono text={target} isClamped /> },
    { header: 'result', width: '116px', cell: ({ result }) => <ResultBadge result={result} /> },
  ]
}
