import {
  type IncidentAssigneeList,
  type IncidentExportQuery,
  type IncidentPage,
  type IncidentQuery,
  IncidentSummary,
  type IncidentView,
} from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import type { ListExport } from '../../platform/exports/exports.service.js'
import { decodeCursor, NUMBER_PART } from '../../platform/paging/cursor.js'
import { pageOfRows } from '../../platform/paging/page.js'
import { RECEIPT_PART } from '../../platform/paging/receipt.js'
import { IncidentRepository } from './incident.repository.js'
import { type SummaryRow, summaryOf } from './incident-columns.js'
import { TimelineRepository } from './timeline.repository.js'

/** Columns of the export. */
const ExportedIncident = IncidentSummary.omit({ hourlyFindings: true, etag: true })

/** Reads incidents. */
@Injectable()
export class IncidentsService {
  constructor(
    private readonly incidents: IncidentRepository,
    private readonly timeline: TimelineRepository,
  ) {}

  /** @throws GuardError CURSOR_INVALID. */
  async list({ limit, cursor, ...filters }: IncidentQuery): Promise<IncidentPage> {
    const list = ['incidents', filters]
    const [lastSeen = '', incidentId = ''] = cursor === undefined ? [] : decodeCursor(list, cursor, [RECEIPT_PART, NUMBER_PART])
    const after = cursor === undefined ? undefined : { lastSeen, incidentId }
    // Before the rows, so that they include the event.
    const newestEventId = await this.incidents.newestEventId()
    const [rows, total] = await Promise.all([this.incidents.list(filters, after, limit + 1), this.incidents.count(filters)])
    const page = pageOfRows(list, rows, limit, (row) => [row.lastSeen, String(row.incidentId)])
    const nowMs = Date.now()
    return { ...page, items: page.items.map(({ lastSeen: _, ...row }) => summaryOf(row, nowMs)), total, newestEventId }
  }

  exportOf({ format, ...filters }: IncidentExportQuery): ListExport<SummaryRow> {
    const itemOf = (row: SummaryRow) => {
      const { hourlyFindings: _, etag: _etag, ...incident } = summaryOf(row, Date.now())
      return incident
    }
    const columns = Object.keys(ExportedIncident.shape)
    return { list: 'incidents', format, query: filters, columns, itemOf, ...this.incidents.exportSql(filters) }
  }

  /** @throws GuardError INCIDENT_NOT_FOUND. */
  async read(incidentId: number): Promise<IncidentView> {
    const [row] = await this.incidents.listByIds([incidentId])
    if (!row) throw incidentNotFound()
    const [workloads, nodeNames, timeline] = await Promise.all([
      this.incidents.workloads(incidentId),
      this.incidents.nodeNames(incidentId),
      this.timeline.read(incidentId),
    ])
    const workloadList = workloads.map((one) => ({
      ...one,
      firstSeenAt: one.firstSeenAt.toISOString(),
      lastSeenAt: one.lastSeenAt.toISOString(),
    }))
    return { ...summaryOf(row, Date.now()), workloadList, nodeNames, timeline }
  }

  async listAssignees(): Promise<IncidentAssigneeList> {
    return { items: await this.incidents.assignees() }
  }
}

export function incidentNotFound(): GuardError {
  return new GuardError('INCIDENT_NOT_FOUND', 'incident not found; it may be older than the retention period')
}
