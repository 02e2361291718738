import { z } from 'zod'
import { SCAN_SOURCES, SCAN_TRIGGERS } from '../detection/scan-source.js'
import { SEVERITIES } from '../detection/severity.js'
import { ContainerLocation } from './location.js'
import { Filter, ListTotal, Moment, PAGE_OFFSET_MAX, PageQuery, pageOf, SORT_ORDERS } from './page.js'
import { TextFilter } from './text-filter.js'

/** Query of `GET /api/scans`. `offset` exists for compatibility; `cursor` is cheaper. */
export const ScanQuery = PageQuery.extend({
  startDate: Moment.optional(),
  endDate: Moment.optional(),
  offset: z.coerce.number().int().min(0).max(PAGE_OFFSET_MAX).default(0).describe('Ignored with a cursor'),
  cluster: Filter,
  namespace: TextFilter,
  infected: z.enum(['true', 'false']).optional().describe('true: only scans with findings; false: only scans without'),
  order: z.enum(SORT_ORDERS).default('desc').describe('desc: newest first, by receipt'),
})
export type ScanQuery = z.infer<typeof ScanQuery>

/** Summary of a finding in a scan. */
export const ScanFinding = z.object({
  findingId: z.string(),
  signatureName: z.string(),
  path: z.string(),
  scanSource: z.enum(SCAN_SOURCES),
  severity: z.enum(SEVERITIES),
  sha256: z.string().nullable(),
})
export type ScanFinding = z.infer<typeof ScanFinding>

/** One scan of one container. */
export const ScanView = z.object({
  resultId: z.string(),
  ...ContainerLocation,
  podIp: z.string(),
  hostIp: z.string(),
  trigger: z.enum(SCAN_TRIGGERS),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  filesScanned: z.number(),
  bytesScanned: z.number(),
  filesCached: z.number().describe('Unchanged files whose verdict was cached'),
  filesNotScanned: z.number(),
  totalFindings: z.number().int(),
  findings: z.array(ScanFinding),
  signatureGeneration: z.string(),
})
export type ScanView = z.infer<typeof ScanView>

export const ScanPage = pageOf(ScanView).extend(ListTotal)
export type ScanPage = z.infer<typeof ScanPage>
