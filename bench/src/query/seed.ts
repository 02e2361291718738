import type pg from 'pg'
import { logProgress } from '../platform.js'

/** Numbers of rows. Findings are spread over the last DAYS days; each content has one incident. */
export interface SeedSizes {
  readonly findings: number
  readonly incidents: number
  readonly pods: number
  readonly nodes: number
}

const DAYS = 7
/** Findings of one INSERT, so that progress is visible. */
const BATCH = 500_000
/** Pods of a content. */
const PODS_PER_INCIDENT = 5
const CLUSTER = 'bench'
const NAMESPACES = 50
const SIGNATURES = 400

/** Expressions for row `i`, with the content `c` and the pod `p`. */
const SEVERITY = `(ARRAY['low', 'medium', 'high', 'high', 'critical'])[1 + c % 5]`
const SIGNATURE = `'Bench.Malware.Family' || c % ${SIGNATURES}`
const SOURCE = `(ARRAY['upperdir', 'realtime', 'realtime', 'volume', 'drift'])[1 + c % 5]`
const SHA256 = `sha256(c::text::bytea)`
const namespaceOf = (pod: string) => `'team-' || ${pod} % ${NAMESPACES}`
const podNameOf = (pod: string) => `'app-' || ${pod} || '-7d8f9c6b4-x2k9p'`
const podOf = (pods: number) => `((c * 7 + i / 50000 % ${PODS_PER_INCIDENT}) % ${pods})::int`

/** Fills an empty database, which must have all migrations. */
export async function seedDatabase(database: pg.Client, sizes: SeedSizes): Promise<void> {
  await database.query(`SET maintenance_work_mem = '1GB'; SET synchronous_commit = off; SELECT ensure_partitions(${DAYS}, 4)`)
  await database.query(inventorySql(sizes))
  await database.query(incidentsSql(sizes))
  logProgress(`stored ${sizes.incidents} incidents, ${sizes.pods} pods and ${sizes.nodes} nodes`)
  await withoutIndexes(database, 'findings', async () => {
    for (let from = 0; from < sizes.findings; from += BATCH) {
      await database.query(findingsSql(sizes, from, Math.min(from + BATCH, sizes.findings)))
      logProgress(`stored ${Math.min(from + BATCH, sizes.findings)} of ${sizes.findings} findings`)
    }
  })
  logProgress('collecting statistics')
  await database.query('VACUUM ANALYZE')
}

/** Building the indexes at the end takes a fraction of the time of maintaining them. */
async function withoutIndexes(database: pg.Client, table: string, work: () => Promise<void>): Promise<void> {
  const { rows } = await database.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE tablename = $1 AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
    [table],
  )
  for (const { name } of rows) await database.query(`DROP INDEX ${name}`)
  await work()
  for (const { name, definition } of rows) {
    logProgress(`creating the index ${name}`)
    await database.query(definition.replace(' ON ONLY ', ' ON '))
  }
}

function inventorySql({ pods, nodes }: SeedSizes): string {
  return `
INSERT INTO nodes (cluster_id, node_name, observed_at, agent_version, runtime_kind, kernel_release, signature_generation, containers_watched, containers_total)
  SELECT '${CLUSTER}', 'node-' || n, now(), '0.1.0', 'containerd', '6.12', 'bench', ${Math.ceil(pods / nodes)}, ${Math.ceil(pods / nodes)} FROM generate_series(0, ${nodes - 1}) AS n;
INSERT INTO pods (cluster_id, node_name, namespace, pod_name, pod_uid, owner, pod_ip, host_ip, containers, observed_at)
  SELECT '${CLUSTER}', 'node-' || p % ${nodes}, ${namespaceOf('p')}, ${podNameOf('p')}, md5(p::text), 'Deployment/app-' || p, '10.244.0.1', '10.0.0.1', '[]', now()
  FROM generate_series(0, ${pods - 1}) AS p;`
}

function incidentsSql({ findings, incidents, pods, nodes }: SeedSizes): string {
  const perIncident = Math.ceil(findings / incidents)
  return `
INSERT INTO incidents (incident_id, cluster_id, content_key, number, sha256, signature_name, image_digest, severity, findings, workloads, nodes,
    first_seen_at, last_seen_at, hourly_findings, status, resolution)
  SELECT c + 1, '${CLUSTER}', ${SHA256}, 1, ${SHA256}, ${SIGNATURE}, 'sha256:' || md5(c::text), ${SEVERITY}, ${perIncident}, ${PODS_PER_INCIDENT}, ${PODS_PER_INCIDENT},
    seen - interval '1 hour', seen, array_fill(1, ARRAY[24]), (ARRAY['new', 'new', 'in_progress', 'resolved'])[1 + c % 4],
    CASE c % 4 WHEN 3 THEN 'true_positive' END
  FROM generate_series(0, ${incidents - 1}) AS c, LATERAL (SELECT now() - interval '${DAYS} days' * c / ${incidents} AS seen) AS times;
SELECT setval(pg_get_serial_sequence('incidents', 'incident_id'), ${incidents});
INSERT INTO incident_workloads (incident_id, namespace, workload, node_name, findings)
  SELECT c + 1, ${namespaceOf('p')}, ${podNameOf('p')}, 'node-' || p % ${nodes}, ${Math.ceil(perIncident / PODS_PER_INCIDENT)}
  FROM generate_series(0, ${incidents - 1}) AS c, generate_series(0, ${PODS_PER_INCIDENT - 1}) AS k, LATERAL (SELECT ((c * 7 + k) % ${pods})::int AS p) AS pod;
INSERT INTO incident_nodes (incident_id, node_name)
  SELECT DISTINCT incident_id, node_name FROM incident_workloads;
INSERT INTO incident_events (incident_id, kind, occurred_at, cluster_id, signature_name, sha256, severity, findings, namespaces, sources)
  SELECT incident_id, 'opened', first_seen_at, cluster_id, signature_name, sha256, severity, 1, ARRAY['team-0'], ARRAY['realtime'] FROM incidents;`
}

/** Rows `from` (inclusive) to `to` (exclusive); row 0 is the newest. */
function findingsSql({ findings, incidents, pods, nodes }: SeedSizes, from: number, to: number): string {
  return `
INSERT INTO findings (cluster_id, finding_id, received_at, result_id, detected_at, severity, scan_source, signature_name, description, path, sha256, size_bytes,
    layer, owner_uid, owner_gid, mode, engine, engine_version, signature_generation, trigger, node_name, namespace, pod_name, pod_uid, pod_ip, host_ip,
    container_name, container_id, image, image_digest)
  SELECT '${CLUSTER}', (substr(uuid_at(t)::text, 1, 14) || '7' || substr(md5(i::text), 1, 3) || '-8' || substr(md5(i::text), 4, 3) || '-' || substr(md5(i::text), 7, 12))::uuid,
    t, gen_random_uuid(), t, ${SEVERITY}, ${SOURCE}, ${SIGNATURE}, 'The signature names a known piece of malware.',
    '/var/lib/app-' || p % 25 || '/cache/object-' || i || '.bin', ${SHA256}, 10000 + c, 'upperdir', 0, 0, 33188, 'clamav', 'ClamAV 1.4', 'bench', 'file_event',
    'node-' || p % ${nodes}, ${namespaceOf('p')}, ${podNameOf('p')}, md5(p::text), '10.244.0.1', '10.0.0.1', 'app', repeat(md5(p::text), 2),
    'registry.local/team/app-' || p % 100 || ':1.25', 'sha256:' || repeat(md5((p % 100)::text), 2)
  FROM generate_series(${from}::bigint, ${to - 1}) AS i,
    LATERAL (SELECT now() - interval '${DAYS} days' * i / ${findings} AS t, (i % ${incidents})::int AS c) AS time_and_content,
    LATERAL (SELECT ${podOf(pods)} AS p) AS pod;`
}
