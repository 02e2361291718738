import { z } from 'zod'
import { COVERAGE_REASONS } from '../detection/coverage-reason.js'
import { MINUTE_MS } from '../units.js'
import { ContainerLocation } from './location.js'
import { Filter, Moment, PAGE_LIMIT_MAX, PageQuery, pageOf } from './page.js'
import { TextFilter } from './text-filter.js'

/** A clock that is off by more than this is reported as wrong. */
export const CLOCK_OFFSET_MAX_MS = MINUTE_MS

/** A node and its scanner; `GET /api/nodes`. */
export const NodeView = z.object({
  clusterId: z.string(),
  nodeName: z.string(),
  state: z.enum(['reporting', 'silent']).describe('silent: no report for three intervals (3 minutes)'),
  lastSeenAt: z.iso.datetime(),
  firstSeenAt: z.iso.datetime(),
  agentVersion: z.string(),
  runtimeKind: z.string(),
  runtimeVersion: z.string(),
  runtimeEndpoint: z.string(),
  runtimeReason: z.string().describe('Why the container runtime is unavailable; empty if it is available'),
  kernelRelease: z.string(),
  hostIp: z.string(),
  signatureGeneration: z.string(),
  engineVersion: z.string(),
  signatureCount: z.number(),
  spoolResults: z.number(),
  spoolBytes: z.number(),
  eventOverflows: z.number(),
  selfTestAt: z.iso.datetime().nullable().describe('Time of the last self-test of the scanner; null before the first one'),
  selfTestFailed: z.string().describe('Parts of the self-test that failed, such as "layer, clamav"; empty if it passed'),
  selfTestDetail: z.string().describe('Reasons of the failures; empty if it passed'),
  containersWatched: z.number().int(),
  containersTotal: z.number().int(),
  configError: z.string(),
  findingsLastDay: z.number().int().describe('Findings of the last 24 hours'),
  resultsLost: z.number().describe('Results that the node dropped because its spool was full, since its first report'),
  refusedGeneration: z.string().describe('Generation that the node rejected; empty if none'),
  refusal: z.string().describe('Why the node rejected it; empty if it rejected none'),
  clockOffsetMs: z
    .number()
    .nullable()
    .describe("Node's clock minus the backend's at the last report; negative if the node's clock is behind; null before the first report"),
})
export type NodeView = z.infer<typeof NodeView>
export const NodeList = pageOf(NodeView)
export type NodeList = z.infer<typeof NodeList>

/** Query of `GET /api/nodes`. */
export const NodeQuery = PageQuery.extend({
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT_MAX).default(PAGE_LIMIT_MAX),
  cluster: Filter,
  state: z.enum(['reporting', 'silent']).optional(),
  search: z.string().trim().min(1).max(200).optional().describe('Text in the name of the node'),
})
export type NodeQuery = z.infer<typeof NodeQuery>

/** Query of `GET /api/pods`. */
export const PodQuery = PageQuery.extend({
  cluster: Filter,
  namespace: TextFilter,
  node: TextFilter,
  search: z.string().trim().min(1).max(200).optional(),
  gone: z.enum(['true', 'false']).optional().describe('true: include deleted pods'),
  watched: z
    .enum(['true', 'false'])
    .optional()
    .describe('false: pods with a container that is not monitored; true: pods whose containers are all monitored'),
})
export type PodQuery = z.infer<typeof PodQuery>

export const PodContainerView = z.object({
  name: z.string(),
  containerId: z.string(),
  image: z.string(),
  imageDigest: z.string(),
  snapshotter: z.string(),
  watched: z.boolean(),
  notWatchedReason: z.string(),
})

/** A pod as last seen; `GET /api/pods`. */
export const PodView = z.object({
  clusterId: z.string(),
  nodeName: z.string(),
  namespace: z.string(),
  podName: z.string(),
  podUid: z.string(),
  owner: z.string(),
  podIp: z.string(),
  hostIp: z.string(),
  containers: z.array(PodContainerView),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  goneAt: z.iso.datetime().nullable().describe('Time of the deletion; null while the pod runs'),
  findingsLastDay: z.number().int().describe('Findings of the last 24 hours'),
})
export type PodView = z.infer<typeof PodView>
export const PodPage = pageOf(PodView).extend({
  totals: z
    .object({ pods: z.number().int(), containers: z.number().int(), containersNotMonitored: z.number().int() })
    .nullable()
    .describe('Pods that match the filters, and their containers; null on a page that was read with a cursor'),
})
export type PodPage = z.infer<typeof PodPage>

/** Query of `GET /api/coverage`. */
export const CoverageQuery = PageQuery.extend({
  reason: z.enum(COVERAGE_REASONS).optional(),
  cluster: Filter,
  namespace: TextFilter,
  node: TextFilter,
  pod: Filter,
  container: Filter,
  since: Moment.optional().describe('Entries that were last seen at this time or later'),
  search: z.string().trim().min(1).max(200).optional(),
})
export type CoverageQuery = z.infer<typeof CoverageQuery>

/** A coverage gap: something that was not scanned; `GET /api/coverage`. */
export const CoverageView = z.object({
  coverageId: z.string(),
  reason: z.enum(COVERAGE_REASONS),
  path: z.string().describe('Empty for the whole container, or for further files that are only counted'),
  count: z.number().describe('Number of files'),
  sizeBytes: z.number(),
  detail: z.string(),
  ...ContainerLocation,
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
})
export type CoverageView = z.infer<typeof CoverageView>
/** A page of coverage gaps with totals by reason. */
export const CoveragePage = pageOf(CoverageView).extend({
  totals: z
    .array(z.object({ reason: z.enum(COVERAGE_REASONS), entries: z.number(), files: z.number() }))
    .describe('Totals with the same filters, except `reason`'),
})
export type CoveragePage = z.infer<typeof CoveragePage>

/** Query of `GET /api/result-gaps`. */
export const ResultGapQuery = PageQuery.extend({ cluster: Filter, node: Filter })
export type ResultGapQuery = z.infer<typeof ResultGapQuery>

/** Results that a node dropped, because its spool was full; `GET /api/result-gaps`. */
export const ResultGapView = z.object({
  gapId: z.uuid(),
  clusterId: z.string(),
  nodeName: z.string(),
  reason: z.string().describe('Why the node dropped them, such as spool_full'),
  fromAt: z.iso.datetime().describe('Time of the first dropped result, by the clock of the node'),
  toAt: z.iso.datetime().describe('Time of the last dropped result, by the clock of the node'),
  findingResults: z.number().describe('Dropped results with findings'),
  findings: z.number().describe('Findings in the dropped results'),
  cleanResults: z.number().describe('Dropped results without findings'),
  sightings: z.number().describe('Dropped sightings of contents'),
  receivedAt: z.iso.datetime(),
})
export type ResultGapView = z.infer<typeof ResultGapView>
export const ResultGapPage = pageOf(ResultGapView)
export type ResultGapPage = z.infer<typeof ResultGapPage>

/** Totals of the console's first screen; `GET /api/overview`. */
export const OverviewView = z.object({
  findingsLastDay: z.number().int(),
  findingsBySeverity: z.record(z.string(), z.number().int()),
  nodesReporting: z.number().int(),
  nodesSilent: z.number().int(),
  pods: z.number().int(),
  containersNotWatched: z.number().int(),
  resultsLost: z.number(),
  nodesWithWrongClock: z.number().int().describe('Reporting nodes whose clock is off by more than a minute'),
})
export type OverviewView = z.infer<typeof OverviewView>
