import {
  ChangeIncident,
  ChangeIncidents,
  CommentOnIncident,
  IncidentAssigneeList,
  IncidentFilters,
  IncidentPage,
  IncidentsChanged,
  IncidentView,
  UNASSIGNED,
} from '@guardimesh/contracts'
import { answer, problem } from '../answer.js'
import { hasNames, pageOfList } from '../paging.js'
import type { MockCall, MockRoute } from './mock-route.js'

const FIELDS = { signature: 'signatureName', cluster: 'clusterId', sha256: 'sha256' }

function passes(incident: IncidentView, query: URLSearchParams): boolean {
  const { status, severity, namespace, node, workload, assignee, openedSince } = IncidentFilters.parse(Object.fromEntries(query))
  return (
    (status?.includes(incident.status) ?? true) &&
    (severity?.includes(incident.severity) ?? true) &&
    (openedSince === undefined || new Date(incident.firstSeenAt) >= openedSince) &&
    (node === undefined || incident.nodeNames.includes(node)) &&
    (workload === undefined || incident.workloadList.some((one) => one.workload === workload)) &&
    (namespace === undefined || incident.workloadList.some((one) => one.namespace === namespace)) &&
    (assignee === undefined || assignee === (incident.assignee ?? UNASSIGNED)) &&
    hasNames(incident, query, FIELDS)
  )
}

/** Applies a change and adds it to the timeline. */
function change(incident: IncidentView, { status, resolution, assignee, comment = '' }: ChangeIncident, changedBy: string): void {
  const triageOf = () => ({ status: incident.status, resolution: incident.resolution, assignee: incident.assignee })
  const before = triageOf()
  if (status !== undefined) Object.assign(incident, { status, resolution: resolution ?? null })
  if (assignee !== undefined) incident.assignee = assignee
  incident.etag = `"${crypto.randomUUID()}"`
  const at = new Date().toISOString()
  incident.timeline.unshift({
    entryId: crypto.randomUUID(),
    at,
    kind: 'changed',
    severity: null,
    changedBy,
    before,
    after: triageOf(),
    comment,
  })
}

function withIncident({ db, parts }: MockCall, use: (incident: IncidentView) => Response): Response {
  const incident = db.incidents.find(({ incidentId }) => String(incidentId) === parts[0])
  return incident ? use(incident) : problem('INCIDENT_NOT_FOUND', 'Incident not found. It may be older than the retention period.')
}

export const incidentRoutes: readonly MockRoute[] = [
  [
    'GET',
    /^\/api\/incidents$/,
    ({ db, query }) => {
      const found = db.incidents.filter((incident) => passes(incident, query))
      const page = pageOfList(found, ({ incidentId }) => String(incidentId), query)
      const newestEventId = Math.max(0, ...db.incidents.map(({ incidentId }) => incidentId))
      return answer(IncidentPage, { ...page, total: found.length, newestEventId })
    },
  ],
  [
    'GET',
    /^\/api\/incidents\/assignees$/,
    () =>
      answer(IncidentAssigneeList, {
        items: ['admin@guardimesh.local', 'ada@guardimesh.local'].map((email) => ({ email, displayName: '' })),
      }),
  ],
  ['GET', /^\/api\/incidents\/([^/]+)$/, (call) => withIncident(call, (incident) => answer(IncidentView, incident))],
  [
    'PATCH',
    /^\/api\/incidents\/([^/]+)$/,
    (call) =>
      withIncident(call, (incident) => {
        const body = ChangeIncident.parse(call.body)
        const ifMatch = call.request.headers.get('if-match')
        // Marked input: a change with this comment conflicts with a change by another user, unless it is forced.
        if (body.comment === 'conflict' && ifMatch !== null) change(incident, { status: 'in_progress' }, 'ada@guardimesh.local')
        if (ifMatch !== null && ifMatch !== incident.etag) return problem('INCIDENT_CHANGED', 'Another user changed the incident.')
        change(incident, body, call.session?.email ?? '')
        return answer(IncidentView, incident)
      }),
  ],
  [
    'POST',
    /^\/api\/incidents\/([^/]+)\/comments$/,
    (call) =>
      withIncident(call, (incident) => {
        const { comment } = CommentOnIncident.parse(call.body)
        const entry = { severity: null, changedBy: call.session?.email ?? '', before: null, after: null, comment }
        incident.timeline.unshift({ entryId: crypto.randomUUID(), at: new Date().toISOString(), kind: 'commented', ...entry })
        return answer(IncidentView, incident)
      }),
  ],
  [
    'POST',
    /^\/api\/incidents\/changes$/,
    ({ body, db, session }) => {
      // The filters of the list are text, as in a query.
      const { target } = body as { target: { filters?: Record<string, string> } }
      const request = ChangeIncidents.parse(body)
      const query = new URLSearchParams(target.filters)
      const chosen = db.incidents.filter((incident) =>
        request.target.kind === 'ids' ? request.target.incidentIds.includes(incident.incidentId) : passes(incident, query),
      )
      for (const incident of chosen) change(incident, request.change, session?.email ?? '')
      return answer(IncidentsChanged, { changed: chosen.length, isComplete: true })
    },
  ],
]
