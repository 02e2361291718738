import type { IncidentSummary } from '@guardimesh/contracts'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { RowLink } from '../../table/RowLink.js'
import { formatCount } from '../../ui/format-number.js'
import { SeverityBadge } from '../../ui/SeverityBadge.js'
import { SignatureName } from '../../ui/SignatureName.js'
import { TimeCell } from '../../ui/TimeCell.js'
import { IncidentStatusBadge } from '../incidents/IncidentStatusBadge.js'

export const latestIncidentColumns: readonly Column<IncidentSummary>[] = [
  { header: 'lastSeen', width: '156px', cell: ({ lastSeenAt }) => <TimeCell at={lastSeenAt} /> },
  { header: 'severity', width: '112px', cell: ({ severity }) => <SeverityBadge severity={severity} /> },
  {
    header: 'signature',
    cell: ({ incidentId, signatureName }) => (
      <RowLink to={paths.incident(incidentId)}>
        <SignatureName name={signatureName} />
      </RowLink>
    ),
  },
  { header: 'state', width: '130px', cell: ({ status }) => <IncidentStatusBadge status={status} /> },
  { header: 'findings', isNumber: true, width: '90px', cell: ({ findings }) => formatCount(findings) },
]
