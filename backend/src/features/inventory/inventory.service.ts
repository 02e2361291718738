import {
  type CoverageExportQuery,
  type CoveragePage,
  type CoverageQuery,
  CoverageView,
  type NodeList,
  type NodeQuery,
  type PodPage,
  type PodQuery,
  type ResultGapPage,
  type ResultGapQuery,
} from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { ListExport } from '../../platform/exports/exports.service.js'
import { decodeCursor, NUMBER_PART, TEXT_PART, UUID_PART } from '../../platform/paging/cursor.js'
import { pageOfRows } from '../../platform/paging/page.js'
import { CoverageRepository, type CoverageRow } from './coverage.repository.js'
import { NodeRepository, type NodeSignatureFacts, type NodeTotals } from './node.repository.js'
import { PodRepository, type PodTotals } from './pod.repository.js'
import { ResultGapRepository } from './result-gap.repository.js'

/** Reads nodes, pods, coverage and result gaps. */
@Injectable()
export class InventoryService {
  constructor(
    private readonly nodes: NodeRepository,
    private readonly pods: PodRepository,
    private readonly coverage: CoverageRepository,
    private readonly resultGaps: ResultGapRepository,
  ) {}

  /** @throws GuardError CURSOR_INVALID. */
  async listNodes({ limit, cursor, ...filters }: NodeQuery): Promise<NodeList> {
    const list = ['nodes', filters]
    const [clusterId = '', nodeName = ''] = cursor === undefined ? [] : decodeCursor(list, cursor, [TEXT_PART, TEXT_PART])
    const rows = await this.nodes.list(filters, cursor === undefined ? undefined : { clusterId, nodeName }, limit + 1)
    return pageOfRows(list, rows, limit, (row) => [row.clusterId, row.nodeName])
  }

  /** @throws GuardError CURSOR_INVALID. */
  async listPods({ limit, cursor, ...filters }: PodQuery): Promise<PodPage> {
    const list = ['pods', filters]
    const after = cursor === undefined ? undefined : decodeCursor(list, cursor, [NUMBER_PART])[0]
    const [rows, totals] = await Promise.all([
      this.pods.list(filters, after, limit + 1),
      cursor === undefined ? this.pods.totals(filters) : null,
    ])
    const page = pageOfRows(list, rows, limit, (row) => [String(row.podId)])
    const items = page.items.map(({ podId: _, ...row }) => ({ ...row, ...seen(row), goneAt: row.goneAt?.toISOString() ?? null }))
    return { items, nextCursor: page.nextCursor, totals }
  }

  /** @throws GuardError CURSOR_INVALID. */
  async listCoverage({ limit, cursor, ...filters }: CoverageQuery): Promise<CoveragePage> {
    const list = ['coverage', filters]
    const after = cursor === undefined ? undefined : decodeCursor(list, cursor, [NUMBER_PART])[0]
    const [rows, totals] = await Promise.all([this.coverage.list(filters, after, limit + 1), this.coverage.totals(filters)])
    const page = pageOfRows(list, rows, limit, (row) => [row.coverageId])
    return { items: page.items.map((row) => ({ ...row, ...seen(row) })), nextCursor: page.nextCursor, totals }
  }

  exportCoverage({ format, ...filters }: CoverageExportQuery): ListExport<CoverageRow> {
    const columns = Object.keys(CoverageView.shape)
    const itemOf = (row: CoverageRow) => ({ ...row, ...seen(row) })
    return { list: 'coverage', format, query: filters, columns, itemOf, ...this.coverage.exportSql(filters) }
  }

  /** @throws GuardError CURSOR_INVALID. */
  async listResultGaps({ limit, cursor, ...filters }: ResultGapQuery): Promise<ResultGapPage> {
    const list = ['result-gaps', filters]
    const [receivedUs = '', gapId = ''] = cursor === undefined ? [] : decodeCursor(list, cursor, [NUMBER_PART, UUID_PART])
    const rows = await this.resultGaps.list(filters, cursor === undefined ? undefined : { receivedUs, gapId }, limit + 1)
    const page = pageOfRows(list, rows, limit, (row) => [row.receivedUs, row.gapId])
    const items = page.items.map(({ receivedUs: _, ...row }) => ({
      ...row,
      fromAt: row.fromAt.toISOString(),
      toAt: row.toAt.toISOString(),
      receivedAt: row.receivedAt.toISOString(),
    }))
    return { items, nextCursor: page.nextCursor }
  }

  /** Counts reporting nodes by loaded generation; the name is empty for nodes without signatures. */
  nodesByGeneration(): Promise<{ generation: string; nodes: number }[]> {
    return this.nodes.countByGeneration()
  }

  /** Returns the loaded signatures of each node. */
  listNodeSignatures(): Promise<NodeSignatureFacts[]> {
    return this.nodes.listSignatures()
  }

  /** Returns the totals for the console's first screen. */
  async totals(): Promise<NodeTotals & { readonly pods: number; readonly containersNotWatched: number; readonly resultsLost: number }> {
    const [nodes, running, resultsLost] = await Promise.all([this.nodes.totals(), this.runningPods(), this.nodes.resultsLost()])
    return { ...nodes, pods: running.pods, containersNotWatched: running.containersNotMonitored, resultsLost }
  }

  /** Counts running pods and their containers. */
  runningPods(): Promise<PodTotals> {
    return this.pods.totals({})
  }
}

function seen(row: { readonly firstSeenAt: Date; readonly lastSeenAt: Date }) {
  return { firstSeenAt: row.firstSeenAt.toISOString(), lastSeenAt: row.lastSeenAt.toISOString() }
}
