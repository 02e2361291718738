import { z } from 'zod'
import { SCAN_SOURCES, SCAN_TRIGGERS } from '../detection/scan-source.js'
import { SEVERITIES } from '../detection/severity.js'
import { ContainerLocation } from './location.js'
import { Filter, ListTotal, Moment, oneOrMany, PageQuery, pageOf, SORT_ORDERS } from './page.js'
import { TextFilter } from './text-filter.js'

/** Query of `GET /api/findings` (with paging) and of `GET /api/findings/stream`. */
export const FindingFilters = z.object({
  severity: oneOrMany(SEVERITIES),
  source: oneOrMany(SCAN_SOURCES),
  signature: TextFilter,
  cluster: Filter,
  namespace: TextFilter,
  node: TextFilter,
  pod: TextFilter,
  container: Filter,
  image: TextFilter,
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must have 64 hexadecimal digits')
    .transform((hex) => hex.toLowerCase())
    .optional()
    .describe('SHA-256 of the content'),
  search: z.string().trim().min(1).max(200).optional().describe('Text in signature, path, pod, namespace or image; ignores case'),
  since: Moment.optional(),
  until: Moment.optional(),
  exception: z
    .string()
    .regex(/^(none|any|all|[1-9]\d{0,14})$/, 'must be none, any, all or the id of an exception')
    .optional()
    .describe('`none` (default): findings without an exception; `any`: those that match one; an id: those of this exception; `all`'),
})
export type FindingFilters = z.infer<typeof FindingFilters>

/** Sort keys of the findings list. `workload` is the name of the pod. */
export const FINDING_SORTS = ['received', 'severity', 'path', 'workload', 'node'] as const
export type FindingSort = (typeof FINDING_SORTS)[number]

export const FindingQuery = FindingFilters.extend({
  ...PageQuery.shape,
  sort: z.enum(FINDING_SORTS).default('received').describe('Findings with the same value are ordered by their receipt'),
  order: z.enum(SORT_ORDERS).default('desc'),
})
export type FindingQuery = z.infer<typeof FindingQuery>

/** A row of the findings list. */
export const FindingSummary = z.object({
  findingId: z.string(),
  signatureName: z.string(),
  severity: z.enum(SEVERITIES),
  scanSource: z.enum(SCAN_SOURCES),
  path: z.string().describe('Bytes that are not UTF-8 are escaped as \\xNN, a backslash as \\\\'),
  sha256: z.string().nullable(),
  ...ContainerLocation,
  detectedAt: z.iso.datetime().describe('Time of the detection, by the clock of the node'),
  receivedAt: z.iso.datetime().describe('Time at which the backend stored the finding'),
  exceptionId: z.number().int().nullable().describe('Exception that the finding matched when it was stored'),
})
export type FindingSummary = z.infer<typeof FindingSummary>

export const FindingPage = pageOf(FindingSummary).extend({
  ...ListTotal,
  excepted: z
    .object({ total: z.number().int(), totalIsMinimum: z.boolean() })
    .nullable()
    .describe(
      'Number of findings that the other filters match and that the list leaves out, because they match an exception; null if it leaves none out on purpose, and after the first page',
    ),
})
export type FindingPage = z.infer<typeof FindingPage>

/** Filters with suggestions. */
export const FINDING_FACETS = ['namespace', 'node', 'pod', 'image', 'signature'] as const
export type FindingFacet = (typeof FINDING_FACETS)[number]

/** Number of newest findings that facets count. */
export const FACET_FINDINGS_MAX = 50_000

/** Query of `GET /api/findings/facets`. */
export const FacetQuery = FindingFilters.extend({
  facet: z.enum(FINDING_FACETS).describe('Filter for which values are wanted; its own value in the query is ignored'),
  text: z.string().max(200).optional().describe('Only values that contain this text; ignores case'),
})
export type FacetQuery = z.infer<typeof FacetQuery>

/** Most frequent values of a filter. */
export const FacetValues = z.object({
  values: z.array(z.object({ value: z.string(), count: z.number().int() })),
  countsAreMinimum: z
    .boolean()
    .describe(`true: only the newest ${FACET_FINDINGS_MAX} findings were counted, or none because counting took too long`),
})
export type FacetValues = z.infer<typeof FacetValues>

/** The process that wrote, ran or contains the detected file. */
export const FindingProcess = z.object({
  pid: z.number().int(),
  parentPid: z.number().int().nullable(),
  parentName: z.string(),
  exe: z.string(),
  commandLine: z.string(),
  uid: z.number().int(),
  startedAt: z.iso.datetime().nullable(),
})
export type FindingProcess = z.infer<typeof FindingProcess>

/** History of a finding's content, from its 10,000 oldest sightings. */
export const ContentHistory = z.object({
  firstSeenAt: z.iso.datetime(),
  containers: z.number().int(),
  nodes: z.number().int(),
  isLate: z.boolean().describe('True for a late detection: earlier signatures reported the content clean'),
  cleanGeneration: z.string().describe('Last generation that reported the content clean before the finding; empty if none did'),
})
export type ContentHistory = z.infer<typeof ContentHistory>

/** `GET /api/findings/{findingId}`. */
export const FindingView = FindingSummary.extend({
  resultId: z.string(),
  description: z.string().describe('Meaning of the signature'),
  explanation: z.string().describe('Meaning of the detection source and what to do'),
  layer: z.string().describe('upperdir, image, volume:<destination> or memory'),
  sizeBytes: z.number(),
  ownerUid: z.number().int(),
  ownerGid: z.number().int(),
  mode: z.number().int().describe('st_mode of the file'),
  modifiedAt: z.iso.datetime().nullable(),
  changedAt: z.iso.datetime().nullable(),
  process: FindingProcess.nullable(),
  engine: z.string(),
  engineVersion: z.string(),
  signatureGeneration: z.string(),
  trigger: z.enum(SCAN_TRIGGERS),
  imageDigest: z.string(),
  podUid: z.string(),
  podIp: z.string(),
  hostIp: z.string(),
  sameContentCount: z.number().int().describe('Number of findings with the same SHA-256, up to 10,000; 1 without a hash'),
  seen: ContentHistory.nullable().describe('null if no node reported a sighting of the content'),
})
export type FindingView = z.infer<typeof FindingView>
