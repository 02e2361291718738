import type { IngestReceipt } from '@guardimesh/contracts'
import type pg from 'pg'
import { isConcurrencyFailure, isUniqueViolation } from '../../platform/database/database-errors.js'
import { inTransaction, queryableOf } from '../../platform/database/transaction.js'
import { countHits } from '../exceptions/exception-matching.service.js'
import { assignToIncidents, type IncidentFinding, type RunSql } from '../incidents/incident-assignment.service.js'
import { mergeCoverage } from './coverage-rows.js'
import type { EncodedResult } from './encode-results.js'
import {
  deleteImageCoverage,
  insertFindingsIfNew,
  insertGapsIfNew,
  insertNew,
  insertResultsIfNew,
  notifyFindings,
  resultKey,
  upsertCoverage,
} from './ingest.repository.js'
import { upsertSightings } from './sighting-writer.js'
import type { WriteRequest } from './write-queue.js'

/** Attempts after serialization failures and deadlocks. */
const ATTEMPTS_MAX = 5

/**
 * Stores requests in one transaction. First assumes that all results are new, which is usual; after a unique violation, uses the statements that
 * skip existing rows.
 *
 * @returns a receipt per request, after the commit.
 */
export async function storeGroup(pool: pg.Pool, group: readonly WriteRequest[]): Promise<IngestReceipt[]> {
  let mayHoldRepeats = false
  for (let attempt = 1; ; attempt++) {
    try {
      return await (mayHoldRepeats ? storeWithRepeats : storeNew)(pool, group)
    } catch (error) {
      if (isUniqueViolation(error) && !mayHoldRepeats) mayHoldRepeats = true
      else if (!isConcurrencyFailure(error) || attempt >= ATTEMPTS_MAX) throw error
    }
  }
}

async function storeNew(pool: pg.Pool, group: readonly WriteRequest[]): Promise<IngestReceipt[]> {
  const results = group.flatMap((request) => request.results)
  await inTransaction(pool, async (tx) => {
    await insertNew(tx, results)
    await storeRelatedRows(tx, group, results)
    await storeConsequences(tx, results.flatMap(findingsOf))
  })
  return group.map((request) => ({ accepted: request.results.length, duplicates: 0 }))
}

function storeWithRepeats(pool: pg.Pool, group: readonly WriteRequest[]): Promise<IngestReceipt[]> {
  return inTransaction(pool, async (tx) => {
    const inserted = await insertResultsIfNew(
      tx,
      group.flatMap((request) => request.results),
    )
    const fresh: EncodedResult[] = []
    const receipts = group.map(({ results }) => {
      // If a result occurs twice in the group, the first copy was stored.
      const own = results.filter((result) => inserted.delete(resultKey(result.clusterId, result.resultId)))
      fresh.push(...own)
      return { accepted: results.length, duplicates: results.length - own.length }
    })
    // A finding of a new result may have been stored with an earlier result.
    const newIds = new Set(await insertFindingsIfNew(tx, fresh))
    await storeRelatedRows(tx, group, fresh)
    const findings = fresh.flatMap(findingsOf).filter(({ findingId }) => newIds.delete(findingId))
    await storeConsequences(tx, findings)
    return receipts
  })
}

interface StoredFinding {
  readonly findingId: string
  readonly exceptionId: number | null
  readonly incidentFinding: IncidentFinding
}

function findingsOf({ findingIds, exceptionIds, incidentFindings }: EncodedResult): StoredFinding[] {
  return incidentFindings.map((incidentFinding, at) => ({
    ...{ findingId: findingIds[at] ?? '', exceptionId: exceptionIds[at] ?? null, incidentFinding },
  }))
}

/** Notifies listeners, and changes incidents, except for findings with an exception. */
async function storeConsequences(tx: pg.ClientBase, findings: readonly StoredFinding[]): Promise<void> {
  const counted = findings.filter(({ exceptionId }) => exceptionId === null)
  await notifyFindings(
    tx,
    findings.map(({ findingId }) => findingId),
  )
  await countHits(
    queryableOf(tx),
    findings.map(({ exceptionId }) => exceptionId),
  )
  await assignToIncidents(
    runIn(tx),
    counted.map(({ incidentFinding }) => incidentFinding),
  )
}

function runIn(tx: pg.ClientBase): RunSql {
  return async <Row extends object>(sql: string, parameters: readonly unknown[]) => (await tx.query<Row>(sql, [...parameters])).rows
}

/** Stores coverage, gaps and sightings. Idempotent. */
async function storeRelatedRows(tx: pg.ClientBase, group: readonly WriteRequest[], fresh: readonly EncodedResult[]): Promise<void> {
  await upsertCoverage(tx, mergeCoverage(fresh.flatMap((result) => result.coverage)))
  await deleteImageCoverage(
    tx,
    fresh.flatMap(({ completedImage }) => completedImage ?? []),
  )
  await insertGapsIfNew(
    tx,
    group.flatMap((request) => request.gaps),
  )
  await upsertSightings(
    tx,
    group.map((request) => request.sightings),
  )
}
