import type { ChangeIncident, ChangeIncidents, IncidentSummary } from '@guardimesh/contracts'
import type { z } from 'zod'
import { patchIncident, postChanges, postComment } from '../../api/queries/incidents.js'

export type TriageAction = 'assign' | 'start' | 'resolve' | 'reopen' | 'comment'

/** What a change applies to: one incident as the user saw it, or several. */
export type TriageTarget =
  | { kind: 'one'; incident: Pick<IncidentSummary, 'incidentId' | 'etag' | 'assignee'> }
  | { kind: 'many'; count: number; target: z.input<typeof ChangeIncidents>['target'] }

/** Fields of the dialog; which ones it shows depends on the action. */
export interface TriageInput {
  /** Email address; '' removes the assignee. */
  assignee: string
  resolution: NonNullable<ChangeIncident['resolution']>
  comment: string
}

/** Returns the change of an action. Pure. */
export function changeOf(action: Exclude<TriageAction, 'comment'>, { assignee, resolution, comment }: TriageInput): ChangeIncident {
  const text = comment.trim() === '' ? {} : { comment: comment.trim() }
  if (action === 'assign') return { assignee: assignee === '' ? null : assignee, ...text }
  if (action === 'resolve') return { status: 'resolved', resolution, ...text }
  return { status: action === 'start' ? 'in_progress' : 'new', ...text }
}

/** Result of a bulk change; undefined for one incident. */
export type TriageResult = { changed: number; isComplete: boolean } | undefined

/** Sends an action. @throws ApiError INCIDENT_CHANGED if the incident was changed since the user saw it, unless `isForced`. */
export async function sendTriage(target: TriageTarget, action: TriageAction, input: TriageInput, isForced: boolean): Promise<TriageResult> {
  if (target.kind === 'many') {
    if (action === 'comment') throw new Error('a comment applies to one incident')
    return postChanges({ target: target.target, change: changeOf(action, input) })
  }
  if (action === 'comment') await postComment(target.incident.incidentId, input.comment.trim())
  else await patchIncident(target.incident, changeOf(action, input), isForced)
  return undefined
}
