import { INCIDENT_IDS_MAX, type IncidentPage, type IncidentSummary } from '@guardimesh/contracts'
import { useState } from 'react'
import { type IncidentAddress, incidentApiQuery } from '../../api/queries/incident-address.js'
import type { IncidentSelection } from './incident-selection.js'
import type { TriageAction, TriageTarget } from './triage-target.js'
import { focusedRow, moveRowFocus, useIncidentKeys } from './use-incident-keys.js'

interface TriageOptions {
  address: IncidentAddress
  firstPage: IncidentPage | undefined
  /** The loaded incidents. */
  rows: readonly IncidentSummary[]
  selection: IncidentSelection
  /** Why the user can change nothing; undefined if the user can. */
  readOnlyReason: string | undefined
  onToggle: (incidentId: number) => void
  onOpen: () => void
}

/** Actions of the list on the selection, by buttons and by keys. */
export function useTriage({ readOnlyReason, onToggle, onOpen, ...list }: TriageOptions) {
  const [dialog, setDialog] = useState<{ action: TriageAction; target: TriageTarget } | null>(null)
  const open = (action: TriageAction) => {
    const target = targetOf(list)
    if (readOnlyReason !== undefined || !target || (action === 'comment' && target.kind === 'many')) return
    onOpen()
    setDialog({ action, target })
  }
  useIncidentKeys({
    j: () => moveRowFocus(1),
    k: () => moveRowFocus(-1),
    x: () => {
      const incident = list.rows[focusedRow()]
      if (incident && readOnlyReason === undefined) onToggle(incident.incidentId)
    },
    a: () => open('assign'),
    e: () => open('resolve'),
    c: () => open('comment'),
  })
  return { dialog, open, close: () => setDialog(null) }
}

/** Returns the selection; without one, the incident whose row has the focus. */
function targetOf({
  address,
  firstPage,
  rows,
  selection,
}: Pick<TriageOptions, 'address' | 'firstPage' | 'rows' | 'selection'>): TriageTarget | undefined {
  if (selection.isAllMatching && firstPage) {
    const target = {
      kind: 'matching',
      filters: incidentApiQuery(address),
      upToEventId: firstPage.newestEventId,
    } as const
    return { kind: 'many', count: firstPage.total, target }
  }
  const ids = [...selection.ids].slice(0, INCIDENT_IDS_MAX)
  if (ids.length > 1) return { kind: 'many', count: ids.length, target: { kind: 'ids', incidentIds: ids } }
  const incident = ids.length === 1 ? rows.find(({ incidentId }) => incidentId === ids[0]) : rows[focusedRow()]
  return incident && { kind: 'one', incident }
}
