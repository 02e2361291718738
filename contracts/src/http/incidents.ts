import { z } from 'zod'
import { SEVERITIES } from '../detection/severity.js'
import { HOUR_MS } from '../units.js'
import { FindingFilters } from './findings.js'
import { Filter, Moment, oneOrMany, PageQuery, pageOf } from './page.js'

/** A later finding of the same content belongs to a new incident. */
export const INCIDENT_WINDOW_MS = 24 * HOUR_MS
/** Number of hours in `hourlyFindings`. */
export const INCIDENT_HOURS = 24
/** Maximum workloads, nodes and timeline entries of an IncidentView. */
export const INCIDENT_DETAIL_MAX = 200
/** Maximum incidents of one bulk change. */
export const INCIDENT_BULK_MAX = 10_000
/** Maximum ids of one bulk change. */
export const INCIDENT_IDS_MAX = 1000
/** Maximum `total` of the incidents list; a larger number is not counted. */
export const INCIDENT_TOTAL_MAX = 100_000
/** Value of the filter `assignee` for incidents without an assignee. */
export const UNASSIGNED = 'none'

export const INCIDENT_STATUSES = ['new', 'in_progress', 'resolved'] as const
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number]
export const INCIDENT_RESOLUTIONS = ['true_positive', 'false_positive', 'accepted_risk', 'test'] as const
export type IncidentResolution = (typeof INCIDENT_RESOLUTIONS)[number]
/** Kinds of events that findings cause. */
export const INCIDENT_EVENT_KINDS = ['opened', 'reopened', 'escalated'] as const
export type IncidentEventKind = (typeof INCIDENT_EVENT_KINDS)[number]

const IncidentId = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

/** Filters of `GET /api/incidents`. */
export const IncidentFilters = z.object({
  status: oneOrMany(INCIDENT_STATUSES),
  severity: oneOrMany(SEVERITIES),
  cluster: Filter,
  namespace: Filter.describe('Namespace of at least one finding; exact match'),
  node: Filter.describe('Node of at least one finding; exact match'),
  workload: Filter.describe('Pod, or container without a pod, of at least one finding; exact match'),
  signature: Filter,
  assignee: Filter.describe(`Email address, or \`${UNASSIGNED}\` for incidents without an assignee`),
  sha256: FindingFilters.shape.sha256,
  openedSince: Moment.optional().describe('Incidents whose first finding was received at this time or later'),
})
export type IncidentFilters = z.infer<typeof IncidentFilters>

export const IncidentQuery = IncidentFilters.extend(PageQuery.shape)
export type IncidentQuery = z.infer<typeof IncidentQuery>

/** State of the work on an incident. */
export const IncidentTriage = z.object({
  status: z.enum(INCIDENT_STATUSES),
  resolution: z.enum(INCIDENT_RESOLUTIONS).nullable().describe('null unless the incident is resolved'),
  assignee: z.string().nullable().describe('Email address'),
})
export type IncidentTriage = z.infer<typeof IncidentTriage>

/** A row of the incidents list: the findings of one content in one cluster. */
export const IncidentSummary = z.object({
  incidentId: IncidentId,
  clusterId: z.string(),
  sha256: z.string().nullable().describe('null: findings without a hash are grouped by signature and image digest'),
  signatureName: z.string().describe('Signature of the first finding with the highest severity'),
  imageDigest: z.string().describe('Image of the first finding; empty if unknown'),
  severity: z.enum(SEVERITIES).describe('Highest severity of the findings'),
  ...IncidentTriage.shape,
  findings: z.number().int(),
  workloads: z.number().int().describe('Number of pods, and of containers without a pod'),
  nodes: z.number().int(),
  firstSeenAt: z.iso.datetime().describe('Receipt of the first finding'),
  lastSeenAt: z.iso.datetime().describe('Receipt of the latest finding'),
  hourlyFindings: z
    .array(z.number().int())
    .length(INCIDENT_HOURS)
    .describe('Findings per hour; the last number is the current hour, in UTC'),
  etag: z.string().describe('Version of status, resolution and assignee'),
})
export type IncidentSummary = z.infer<typeof IncidentSummary>

export const IncidentPage = pageOf(IncidentSummary).extend({
  total: z.number().int().describe(`Number of incidents that match the filters, up to ${INCIDENT_TOTAL_MAX}`),
  newestEventId: z.number().int().describe('Id of the latest event (opened, reopened, escalated) of all incidents; 0 without events'),
})
export type IncidentPage = z.infer<typeof IncidentPage>

/** A pod, or a container without a pod. */
export const IncidentWorkload = z.object({
  namespace: z.string().describe('Empty for a container without a pod'),
  workload: z.string().describe('Name of the pod, or of a container without a pod'),
  nodeName: z.string(),
  findings: z.number().int(),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
})
export type IncidentWorkload = z.infer<typeof IncidentWorkload>

/** What happened to an incident: an event caused by findings, or a change or comment of a user. */
export const IncidentTimelineEntry = z.object({
  entryId: z.string(),
  at: z.iso.datetime(),
  kind: z.enum([...INCIDENT_EVENT_KINDS, 'changed', 'commented']),
  severity: z.enum(SEVERITIES).nullable().describe('Severity after an event'),
  changedBy: z.string().describe('Empty for an event'),
  before: IncidentTriage.nullable(),
  after: IncidentTriage.nullable(),
  comment: z.string(),
})
export type IncidentTimelineEntry = z.infer<typeof IncidentTimelineEntry>

/** `GET /api/incidents/{incidentId}`. Lists have up to INCIDENT_DETAIL_MAX entries. */
export const IncidentView = IncidentSummary.extend({
  workloadList: z.array(IncidentWorkload).describe('Workloads with the latest findings first'),
  nodeNames: z.array(z.string()),
  timeline: z.array(IncidentTimelineEntry).describe('Newest first'),
})
export type IncidentView = z.infer<typeof IncidentView>

/** Accounts that incidents can be assigned to. */
export const IncidentAssigneeList = z.object({ items: z.array(z.object({ email: z.string(), displayName: z.string() })) })
export type IncidentAssigneeList = z.infer<typeof IncidentAssigneeList>

const COMMENT_MAX_LENGTH = 4000
const Comment = z.string().trim().min(1).max(COMMENT_MAX_LENGTH)

/** Body of `PATCH /api/incidents/{incidentId}`. Omitted fields keep their value. */
export const ChangeIncident = z
  .object({
    status: z.enum(INCIDENT_STATUSES).optional(),
    resolution: z.enum(INCIDENT_RESOLUTIONS).optional().describe('Required for the status `resolved`, not allowed otherwise'),
    assignee: z.string().trim().min(3).max(254).nullable().optional().describe('Email address of an account; null removes the assignee'),
    comment: Comment.optional(),
  })
  .refine(({ status, resolution }) => (status === 'resolved') === (resolution !== undefined), {
    path: ['resolution'],
    error: 'is required for the status resolved, and not allowed otherwise',
  })
  .refine(({ status, assignee }) => status !== undefined || assignee !== undefined, 'must change status or assignee')
export type ChangeIncident = z.infer<typeof ChangeIncident>

/** Body of `POST /api/incidents/{incidentId}/comments`. */
export const CommentOnIncident = z.object({ comment: Comment })
export type CommentOnIncident = z.infer<typeof CommentOnIncident>

/** Body of `POST /api/incidents/changes`. */
export const ChangeIncidents = z.object({
  target: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ids'), incidentIds: z.array(IncidentId).min(1).max(INCIDENT_IDS_MAX) }),
    z.object({
      kind: z.literal('matching'),
      filters: IncidentFilters,
      upToEventId: z
        .number()
        .int()
        .min(0)
        .max(Number.MAX_SAFE_INTEGER)
        .describe(
          '`newestEventId` of the first page: excludes incidents that were opened, reopened or escalated later, which the user has not seen',
        ),
    }),
  ]),
  change: ChangeIncident,
})
export type ChangeIncidents = z.infer<typeof ChangeIncidents>

/** Result of `POST /api/incidents/changes`. */
export const IncidentsChanged = z.object({
  changed: z.number().int(),
  isComplete: z.boolean().describe(`false: more than ${INCIDENT_BULK_MAX} incidents match; repeat the request for the rest`),
})
export type IncidentsChanged = z.infer<typeof IncidentsChanged>
