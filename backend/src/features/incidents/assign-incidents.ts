import { INCIDENT_HOURS, INCIDENT_WINDOW_MS, SECOND_MS, SEVERITIES } from '@guardimesh/contracts'
import { type FindingGroup, groupKey } from './group-findings.js'

/** Maximum rows per statement, which bounds the work of the event loop. */
const ROWS_MAX = 5_000

/** Runs SQL in a transaction and returns the rows. */
export type RunSql = <Row extends object>(sql: string, parameters: readonly unknown[]) => Promise<Row[]>

/** An incident that received findings. */
export interface AssignedGroup {
  readonly incidentId: number
  readonly group: FindingGroup
  readonly isNew: boolean
  readonly isReopened: boolean
  readonly isEscalated: boolean
}

/** Position of a severity in SEVERITIES, for comparisons. */
const rank = (column: string) => `array_position('{${SEVERITIES.join(',')}}'::text[], ${column})`
const IS_ESCALATED = `${rank('excluded.severity')} > ${rank('i.severity')}`
const IS_REOPENED = `i.status = 'resolved'`

/**
 * Rows are locked in the order of the groups, which is the same in all transactions. The number of an incident is part of the key, so
 * transactions that open the same incident concurrently conflict, and the second one updates it. Without the id of an open incident, each
 * update would use up a number of the sequence.
 */
const UPSERT_INCIDENTS = `
INSERT INTO incidents AS i (incident_id, cluster_id, content_key, number, sha256, signature_name, image_digest, severity, findings, workloads, nodes,
                            hourly_findings)
SELECT CASE WHEN latest.is_open THEN latest.incident_id ELSE nextval('incidents_incident_id_seq') END,
  new.cluster_id, decode(new.content_key, 'hex'), coalesce(latest.number, 0) + CASE WHEN latest.is_open THEN 0 ELSE 1 END,
  decode(new.sha256, 'hex'), new.signature_name, new.image_digest, new.severity, new.findings, new.workloads, new.nodes,
  array_fill(0, ARRAY[${INCIDENT_HOURS - 1}]) || new.findings
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::integer[], $9::integer[]) WITH ORDINALITY
  AS new (cluster_id, content_key, sha256, signature_name, image_digest, severity, findings, workloads, nodes, position)
LEFT JOIN LATERAL (
  SELECT incident_id, number, last_seen_at >= now() - make_interval(secs => ${INCIDENT_WINDOW_MS / SECOND_MS}) AS is_open FROM incidents
  WHERE cluster_id = new.cluster_id AND content_key = decode(new.content_key, 'hex') ORDER BY number DESC LIMIT 1
) AS latest ON true
ORDER BY new.position
ON CONFLICT (cluster_id, content_key, number) DO UPDATE SET
  findings = i.findings + excluded.findings,
  signature_name = CASE WHEN ${IS_ESCALATED} THEN excluded.signature_name ELSE i.signature_name END,
  severity = CASE WHEN ${IS_ESCALATED} THEN excluded.severity ELSE i.severity END,
  escalated_at = CASE WHEN ${IS_ESCALATED} THEN now() ELSE i.escalated_at END,
  status = CASE WHEN ${IS_REOPENED} THEN 'new' ELSE i.status END,
  resolution = NULL,
  reopened_at = CASE WHEN ${IS_REOPENED} THEN now() ELSE i.reopened_at END,
  version = i.version + CASE WHEN ${IS_REOPENED} THEN 1 ELSE 0 END,
  first_seen_at = least(i.first_seen_at, now()),
  last_seen_at = greatest(i.last_seen_at, now()),
  hourly_findings = add_to_hours(i.hourly_findings, hour_number(now()) - hour_number(i.last_seen_at), excluded.findings)
RETURNING incident_id AS "incidentId", cluster_id AS "clusterId", encode(content_key, 'hex') AS "contentKey", xmax = 0 AS "isNew",
  reopened_at IS NOT DISTINCT FROM now() AS "isReopened", escalated_at IS NOT DISTINCT FROM now() AS "isEscalated"`

type UpsertedRow = Pick<FindingGroup, 'clusterId' | 'contentKey'> & Omit<AssignedGroup, 'group'>

/** Adds groups to their open incidents, and opens, reopens and escalates incidents. @param groups in the order of `groupFindings`. */
export async function upsertIncidents(run: RunSql, groups: readonly FindingGroup[]): Promise<AssignedGroup[]> {
  const assigned: AssignedGroup[] = []
  for (const chunk of chunksOf(groups)) {
    const byKey = new Map(chunk.map((group) => [groupKey(group), group]))
    const rows = await run<UpsertedRow>(UPSERT_INCIDENTS, [
      chunk.map(({ clusterId }) => clusterId),
      chunk.map(({ contentKey }) => contentKey),
      chunk.map(({ sha256 }) => sha256),
      chunk.map(({ signatureName }) => signatureName),
      chunk.map(({ imageDigest }) => imageDigest),
      chunk.map(({ severity }) => severity),
      chunk.map(({ findings }) => findings),
      chunk.map(({ workloads }) => workloads.size),
      chunk.map(({ nodes }) => nodes.size),
    ])
    for (const { clusterId, contentKey, ...row } of rows) {
      const group = byKey.get(groupKey({ clusterId, contentKey }))
      if (group) assigned.push({ ...row, group })
    }
  }
  return assigned
}

/** Rows of incidents that existed before ($n) are counted; the count of a new incident is complete. */
const addNew = (column: string, existing: string) => `
UPDATE incidents SET ${column} = incidents.${column} + added.count
FROM (SELECT incident_id, count(*) FROM stored WHERE is_new AND incident_id = ANY(${existing}::bigint[]) GROUP BY incident_id) AS added
WHERE incidents.incident_id = added.incident_id`

const UPSERT_WORKLOADS = `
WITH stored AS (
  INSERT INTO incident_workloads AS w (incident_id, namespace, workload, node_name, findings)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[])
  ON CONFLICT (incident_id, namespace, workload) DO UPDATE SET
    node_name = excluded.node_name, findings = w.findings + excluded.findings,
    first_seen_at = least(w.first_seen_at, now()), last_seen_at = greatest(w.last_seen_at, now())
  RETURNING incident_id, xmax = 0 AS is_new
)${addNew('workloads', '$6')}`

const INSERT_NODES = `
WITH stored AS (
  INSERT INTO incident_nodes (incident_id, node_name) SELECT * FROM unnest($1::bigint[], $2::text[])
  ON CONFLICT DO NOTHING RETURNING incident_id, true AS is_new
)${addNew('nodes', '$3')}`

/** Stores workloads and nodes of incidents that this transaction has locked. */
export async function storeLocations(run: RunSql, assigned: readonly AssignedGroup[]): Promise<void> {
  const existing = assigned.filter(({ isNew }) => !isNew).map(({ incidentId }) => incidentId)
  const workloads = assigned.flatMap(({ incidentId, group }) => [...group.workloads.values()].map((one) => ({ incidentId, ...one })))
  for (const chunk of chunksOf(workloads))
    await run(UPSERT_WORKLOADS, [
      chunk.map(({ incidentId }) => incidentId),
      chunk.map(({ namespace }) => namespace),
      chunk.map(({ workload }) => workload),
      chunk.map(({ nodeName }) => nodeName),
      chunk.map(({ findings }) => findings),
      existing,
    ])
  const nodes = assigned.flatMap(({ incidentId, group }) => [...group.nodes].map((nodeName) => ({ incidentId, nodeName })))
  for (const chunk of chunksOf(nodes))
    await run(INSERT_NODES, [chunk.map(({ incidentId }) => incidentId), chunk.map(({ nodeName }) => nodeName), existing])
}

function* chunksOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += ROWS_MAX) yield items.slice(at, at + ROWS_MAX)
}
