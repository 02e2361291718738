import { z } from 'zod'
import { AuditFilters } from './audit.js'
import { FindingQuery } from './findings.js'
import { IncidentFilters } from './incidents.js'
import { CoverageQuery } from './inventory.js'
import { ScanQuery } from './scans.js'

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Lists that can be exported, with the path of their API. */
export const EXPORT_PATHS = {
  findings: '/api/findings/export',
  incidents: '/api/incidents/export',
  scans: '/api/scans/export',
  coverage: '/api/coverage/export',
  audit: '/api/audit/export',
} as const
export type ExportedList = keyof typeof EXPORT_PATHS

/** Start of the last line of a complete CSV file. */
export const CSV_COMPLETE = '# complete: '

const Format = { format: z.enum(EXPORT_FORMATS).default('csv') }
const PAGING = { limit: true, cursor: true } as const

/** Query of `GET /api/findings/export`: filters and order of the list. */
export const FindingExportQuery = FindingQuery.omit(PAGING).extend(Format)
export type FindingExportQuery = z.infer<typeof FindingExportQuery>

export const IncidentExportQuery = IncidentFilters.extend(Format)
export type IncidentExportQuery = z.infer<typeof IncidentExportQuery>

export const ScanExportQuery = ScanQuery.omit({ ...PAGING, offset: true }).extend(Format)
export type ScanExportQuery = z.infer<typeof ScanExportQuery>

export const CoverageExportQuery = CoverageQuery.omit(PAGING).extend(Format)
export type CoverageExportQuery = z.infer<typeof CoverageExportQuery>

export const AuditExportQuery = AuditFilters.extend(Format)
export type AuditExportQuery = z.infer<typeof AuditExportQuery>

/** Last line of a complete NDJSON file. */
export const ExportTrailer = z.object({ export: z.object({ isComplete: z.literal(true), rows: z.number().int() }) })
export type ExportTrailer = z.infer<typeof ExportTrailer>
