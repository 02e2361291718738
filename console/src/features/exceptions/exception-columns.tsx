import type { ExceptionView } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { formatCount } from '../../ui/format-number.js'
import { formatUtc } from '../../ui/format-time.js'
import lines from '../../ui/lines.module.css'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { CriteriaText } from './CriteriaText.js'
import classes from './exceptions.module.css'

interface Cell {
  exception: ExceptionView
}

export type OnExceptionAction = (dialog: 'edit' | 'revoke', exception: ExceptionView) => void

function StateCell({ exception: { state, expiresAt, revokedAt, revokedBy, isUnused, isBroad } }: Cell) {
  const { t } = useTranslation()
  return (
    <>
      <span className={lines.inline}>
        <StateBadge tone={state === 'active' ? 'good' : 'quiet'} text={t(`exceptions.state.${state}`)} />
        {isUnused ? <StateBadge tone="warn" text={t('exceptions.unused')} /> : null}
        {isBroad ? <StateBadge tone="warn" text={t('exceptions.broad.badge')} /> : null}
      </span>
      <SecondLine>
        {revokedAt !== null
          ? t('exceptions.revokedBy', { name: revokedBy ?? '', at: formatUtc(revokedAt) })
          : expiresAt === null
            ? t('exceptions.validity.never')
            : t('exceptions.validity.until', { at: formatUtc(expiresAt) })}
      </SecondLine>
    </>
  )
}

function HitsCell({ exception: { exceptionId, hits, lastHitAt } }: Cell) {
  const { t } = useTranslation()
  if (lastHitAt === null) return <>{t('exceptions.noHits')}</>
  return (
    <>
      <Link to={paths.findings({ exception: String(exceptionId) })}>{formatCount(hits)}</Link>
      <SecondLine>
        <RelativeTime at={lastHitAt} />
      </SecondLine>
    </>
  )
}

function ActionsCell({ exception, onAction }: Cell & { onAction: OnExceptionAction }) {
  const { t } = useTranslation()
  const { exceptionId, state } = exception
  if (state === 'revoked') return null
  return (
    <div className={classes.rowButtons}>
      {(['edit', 'revoke'] as const).map((action) => (
        <Button
          key={action}
          size="compact-xs"
          variant="default"
          aria-label={t(`exceptions.${action}.openLabel`, { exceptionId })}
          onClick={() => onAction(action, exception)}
        >
          {t(`exceptions.${action}.open`)}
        </Button>
      ))}
    </div>
  )
}

/** @param onAction undefined for accounts that can't change exceptions: omits the column with the buttons. */
export function buildExceptionColumns(onAction: OnExceptionAction | undefined): readonly Column<ExceptionView>[] {
  const columns: Column<ExceptionView>[] = [
    { header: 'id', width: '60px', cell: ({ exceptionId }) => exceptionId },
    { header: 'criteria', cell: ({ criteria }) => <CriteriaText criteria={criteria} /> },
    { header: 'reason', width: '22%', cell: ({ reason }) => <span className={classes.reason}>{reason}</span> },
    { header: 'state', width: '190px', cell: (exception) => <StateCell exception={exception} /> },
    { header: 'hits', width: '110px', cell: (exception) => <HitsCell exception={exception} /> },
    {
      header: 'created',
      width: '150px',
      cell: ({ createdAt, createdBy }) => (
        <>
          <RelativeTime at={createdAt} />
          <SecondLine>{createdBy}</SecondLine>
        </>
      ),
    },
  ]
  if (onAction) columns.push({ header: 'actions', width: '140px', cell: (row) => <ActionsCell exception={row} onAction={onAction} /> })
  return columns
}
