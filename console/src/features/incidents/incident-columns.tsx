import type { IncidentSummary } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { RowLink } from '../../table/RowLink.js'
import { formatCount } from '../../ui/format-number.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { SeverityBadge } from '../../ui/SeverityBadge.js'
import { SignatureName } from '../../ui/SignatureName.js'
import { IncidentStatusBadge } from './IncidentStatusBadge.js'
import classes from './incidents.module.css'
import { Sparkline } from './Sparkline.js'

/** Digits of a hash that identify it at a glance. */
const SHORT_HASH_LENGTH = 12

interface Cell {
  incident: IncidentSummary
}

function SignatureCell({ incident }: Cell) {
  return (
    <>
      <RowLink to={paths.incident(incident.incidentId)}>
        <SignatureName name={incident.signatureName} />
      </RowLink>
      <SecondLine>
        {incident.clusterId}
        {incident.sha256 === null ? '' : ` · ${incident.sha256.slice(0, SHORT_HASH_LENGTH)}`}
      </SecondLine>
    </>
  )
}

function StatusCell({ incident: { status, resolution, assignee } }: Cell) {
  const { t } = useTranslation()
  return (
    <>
      <IncidentStatusBadge status={status} />
      <SecondLine>
        {resolution === null ? '' : `${t(`incidents.resolution.${resolution}`)} · `}
        {assignee ?? t('incidents.unassigned')}
      </SecondLine>
    </>
  )
}

function AffectedCell({ incident: { findings, workloads, nodes } }: Cell) {
  const { t } = useTranslation()
  return (
    <>
      {t('incidents.findings', { count: findings, shown: formatCount(findings) })}
      <SecondLine>
        {t('incidents.workloads', { count: workloads, shown: formatCount(workloads) })} ·{' '}
        {t('incidents.nodes', { count: nodes, shown: formatCount(nodes) })}
      </SecondLine>
    </>
  )
}

function SeenCell({ incident }: Cell) {
  const { t } = useTranslation()
  return (
    <>
      <RelativeTime at={incident.lastSeenAt} />
      <SecondLine>
        {t('incidents.firstSeen')} <RelativeTime at={incident.firstSeenAt} />
      </SecondLine>
    </>
  )
}

interface SelectOptions {
  isSelected: (incidentId: number) => boolean
  onToggle: (incidentId: number, isRange: boolean) => void
  disabledReason: string | undefined
}

function SelectCell({ incident, isSelected, onToggle, disabledReason }: Cell & SelectOptions) {
  const { t } = useTranslation()
  return (
    // The label enlarges the target to the whole cell.
    <label className={classes.select} title={disabledReason}>
      <input
        type="checkbox"
        aria-label={t('incidents.select', { name: incident.signatureName, incidentId: incident.incidentId })}
        checked={isSelected(incident.incidentId)}
        disabled={disabledReason !== undefined}
        // The click event knows about the Shift key; the change event does not.
        onClick={(event) => onToggle(incident.incidentId, event.shiftKey)}
        onChange={() => undefined}
      />
    </label>
  )
}

export function buildIncidentColumns(select: SelectOptions): readonly Column<IncidentSummary>[] {
  return [
    { header: 'select', width: '60px', cell: (incident) => <SelectCell incident={incident} {...select} /> },
    { header: 'severity', width: '100px', cell: ({ severity }) => <SeverityBadge severity={severity} /> },
    { header: 'signature', cell: (incident) => <SignatureCell incident={incident} /> },
    { header: 'status', width: '15%', cell: (incident) => <StatusCell incident={incident} /> },
    { header: 'affected', width: '16%', cell: (incident) => <AffectedCell incident={incident} /> },
    { header: 'activity', width: '90px', cell: ({ hourlyFindings }) => <Sparkline hours={hourlyFindings} /> },
    { header: 'lastSeen', width: '118px', cell: (incident) => <SeenCell incident={incident} /> },
  ]
}
