import { z } from 'zod'
import { SCAN_SOURCES, SCAN_TRIGGERS } from '../detection/scan-source.js'
import { SEVERITIES } from '../detection/severity.js'
import { ContainerLocation } from './location.js'
import { Filter, Moment, oneOrMany, PageQuery, pageOf } from './page.js'

/** Query of `GET /api/findings` (with paging) and of `GET /api/findings/stream`. */
export const FindingFilters = z.object({
  severity: oneOrMany(SEVERITIES),
  source: oneOrMany(SCAN_SOURCES),
  signature: Filter,
  cluster: Filter,
  namespace: Filter,
  node: Filter,
  pod: Filter,
  container: Filter,
  /** SHA-256 of the content, 64 hexadecimal digits. */
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'give 64 hexadecimal digits')
    .transform((hex) => hex.toLowerCase())
    .optional(),
  /** Text that signature, path, pod, namespace or image holds, in any case. */
  search: z.string().trim().min(1).max(200).optional(),
  since: Moment.optional(),
  until: Moment.optional(),
})
export type FindingFilters = z.infer<typeof FindingFilters>

export const FindingQuery = FindingFilters.extend(PageQuery.shape)
export type FindingQuery = z.infer<typeof FindingQuery>

/** A row of the findings list. Paths are text: a byte that is not UTF-8 is shown as `\xNN`, a backslash as `\\`. */
export const FindingSummary = z.object({
  findingId: z.string(),
  signatureName: z.string(),
  severity: z.enum(SEVERITIES),
  scanSource: z.enum(SCAN_SOURCES),
  path: z.string(),
  sha256: z.string().nullable(),
  ...ContainerLocation,
  /** When the engine found it, on the node's clock. */
  detectedAt: z.iso.datetime(),
  /** When the backend stored it. */
  receivedAt: z.iso.datetime(),
})
export type FindingSummary = z.infer<typeof FindingSummary>

export const FindingPage = pageOf(FindingSummary)
export type FindingPage = z.infer<typeof FindingPage>

/** The process tied to a finding. */
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

/** Where and since when a finding's content was seen, as far as nodes told; counted over its 10,000 oldest sightings. */
export const ContentHistory = z.object({
  firstSeenAt: z.iso.datetime(),
  containers: z.number().int(),
  nodes: z.number().int(),
  /** A late detection: signatures found what had been clean with others before. */
  isLate: z.boolean(),
  /** With which generation it was clean last before the finding; empty when it never was. */
  cleanGeneration: z.string(),
})
export type ContentHistory = z.infer<typeof ContentHistory>

/** `GET /api/findings/{findingId}`. */
export const FindingView = FindingSummary.extend({
  resultId: z.string(),
  /** One sentence that a person understands. */
  description: z.string(),
  /** What the detection means and what to do, for its scan source. */
  explanation: z.string(),
  layer: z.string(),
  sizeBytes: z.number(),
  ownerUid: z.number().int(),
  ownerGid: z.number().int(),
  /** st_mode. */
  mode: z.number().int(),
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
  /** How often the same content (by SHA-256) was found, this one included; 1 when it has no hash. */
  sameContentCount: z.number().int(),
  /** null when no node told of the content. */
  seen: ContentHistory.nullable(),
})
export type FindingView = z.infer<typeof FindingView>
