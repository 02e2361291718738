import { RESPONSE_INCIDENTS_MAX, type ResponseDuration } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ConsoleDatabase } from '../../platform/database/console-database.js'

type Name = 'detect' | 'acknowledge' | 'resolve'
export type ResponseTimes = Record<Name, ResponseDuration>

const NO_INCIDENTS: ResponseDuration = { incidents: 0, measured: 0, medianSeconds: null, p95Seconds: null }

/** Which incidents have a duration, by their status now: the list of incidents has the same filter. */
const INCIDENTS: Readonly<Record<Name, string>> = {
  detect: 'true',
  acknowledge: `status <> 'new'`,
  resolve: `status = 'resolved'`,
}
const DURATIONS = Object.entries(INCIDENTS)

/**
 * The first finding of an incident was received in the transaction that opened it. Its id contains its time, which limits the search to two
 * or three partitions.
 */
const FIRST_FINDING = `
SELECT extract(epoch FROM detected_at - changed_at) AS seconds FROM findings AS f
WHERE f.sha256 = i.sha256 AND f.received_at >= i.first_seen_at AND f.cluster_id = i.cluster_id
  AND f.finding_id >= uuid_at(i.first_seen_at - interval '1 day') AND f.finding_id < uuid_at(i.first_seen_at + interval '1 hour')
ORDER BY f.received_at LIMIT 1`

const HISTORY = `
SELECT extract(epoch FROM min(changed_at) FILTER (WHERE after ->> 'status' <> 'new') - i.first_seen_at) AS acknowledge,
  extract(epoch FROM max(changed_at) FILTER (WHERE after ->> 'status' = 'resolved' AND before ->> 'status' <> 'resolved') - i.first_seen_at) AS resolve
FROM incident_history AS h WHERE h.incident_id = i.incident_id`

const percentile = (fraction: number, name: string) =>
  `percentile_cont(${fraction}) WITHIN GROUP (ORDER BY ${name}) FILTER (WHERE ${INCIDENTS[name as Name]} AND ${name} >= 0)`

const MEASURES = DURATIONS.map(
  ([name, condition]) => `jsonb_build_object(
    'measured', count(*) FILTER (WHERE ${condition} AND ${name} >= 0),
    'medianSeconds', ${percentile(0.5, name)}, 'p95Seconds', ${percentile(0.95, name)}) AS ${name}`,
)

/** Read-only SQL of the times to detect, acknowledge and resolve. */
@Injectable()
export class ResponseTimesRepository {
  constructor(private readonly database: ConsoleDatabase) {}

  /** Returns the durations of incidents that were opened since a time. Negative durations are ignored: the clock of the node was changed. */
  async read(since: Date): Promise<ResponseTimes> {
    const rows = await this.database.query<Record<Name, Omit<ResponseDuration, 'incidents'>> & { counts: Record<Name, number> }>(
      `WITH recent AS (
         SELECT * FROM incidents WHERE first_seen_at >= $1 ORDER BY first_seen_at DESC LIMIT ${RESPONSE_INCIDENTS_MAX}
       ), times AS (
         SELECT i.status, first.seconds AS detect, history.acknowledge, history.resolve
         FROM recent AS i LEFT JOIN LATERAL (${FIRST_FINDING}) AS first ON true, LATERAL (${HISTORY}) AS history
       ), counts AS (
         SELECT jsonb_build_object(${DURATIONS.map(([name, condition]) => `'${name}', count(*) FILTER (WHERE ${condition})`).join(', ')}) AS counts
         FROM incidents WHERE first_seen_at >= $1
       )
       SELECT ${MEASURES.join(', ')}, (SELECT counts FROM counts) AS counts FROM times`,
      [since],
    )
    const [row] = rows
    if (!row) return { detect: NO_INCIDENTS, acknowledge: NO_INCIDENTS, resolve: NO_INCIDENTS }
    const durationOf = (name: Name): ResponseDuration => ({ incidents: row.counts[name], ...row[name] })
    return { detect: durationOf('detect'), acknowledge: durationOf('acknowledge'), resolve: durationOf('resolve') }
  }
}
