import { SqlMigration } from './sql-migration.js'

/**
 * Results, findings, coverage, gaps and the history of pods. Growing tables are partitioned by their UUIDv7, whose first 48 bits are its
 * creation time. The partition key is part of the primary key without an additional column, so a repeated result conflicts with its first copy
 * in the same partition, and an id is sufficient to find its partition.
 */
export class ResultsAndFindings1795000000003 extends SqlMigration {
  protected override readonly sql = `
-- One scan of one container.
CREATE TABLE scan_results (
  cluster_id           text NOT NULL,
  -- UUIDv7, created by the node
  result_id            uuid NOT NULL,
  received_at          timestamptz NOT NULL DEFAULT now(),
  node_name            text NOT NULL,
  namespace            text NOT NULL,
  pod_name             text NOT NULL,
  pod_uid              text NOT NULL,
  pod_ip               text NOT NULL,
  host_ip              text NOT NULL,
  container_name       text NOT NULL,
  container_id         text NOT NULL,
  image                text NOT NULL,
  image_digest         text NOT NULL,
  trigger              text NOT NULL,
  started_at           timestamptz NOT NULL,
  finished_at          timestamptz NOT NULL,
  files_scanned        bigint NOT NULL,
  bytes_scanned        bigint NOT NULL,
  files_cached         bigint NOT NULL,
  files_not_scanned    bigint NOT NULL,
  finding_count        integer NOT NULL,
  -- The findings of a result are read by their ids, which determine their partitions.
  finding_ids          uuid[] NOT NULL,
  signature_generation text NOT NULL,
  engine_version       text NOT NULL,
  PRIMARY KEY (cluster_id, result_id)
) PARTITION BY RANGE (result_id);
CREATE TABLE scan_results_default PARTITION OF scan_results DEFAULT;
CREATE INDEX scan_results_latest ON scan_results (result_id);
CREATE INDEX scan_results_infected ON scan_results (result_id) WHERE finding_count > 0;
CREATE INDEX scan_results_namespace ON scan_results (namespace, result_id);

-- Pod, node and image are repeated in each finding to avoid joins in lists.
CREATE TABLE findings (
  cluster_id           text NOT NULL,
  -- UUIDv7, created by the node
  finding_id           uuid NOT NULL,
  received_at          timestamptz NOT NULL DEFAULT now(),
  result_id            uuid NOT NULL,
  detected_at          timestamptz NOT NULL,
  severity             text NOT NULL,
  scan_source          text NOT NULL,
  signature_name       text NOT NULL,
  description          text NOT NULL,
  -- Path as text, and as bytes; NULL if both are identical.
  path                 text NOT NULL,
  path_bytes           bytea,
  sha256               bytea,
  size_bytes           bigint NOT NULL,
  layer                text NOT NULL,
  owner_uid            bigint NOT NULL,
  owner_gid            bigint NOT NULL,
  mode                 bigint NOT NULL,
  modified_at          timestamptz,
  changed_at           timestamptz,
  -- {pid, parentPid, parentName, exe, commandLine, uid, startedAt}; NULL without a process.
  process              jsonb,
  engine               text NOT NULL,
  engine_version       text NOT NULL,
  signature_generation text NOT NULL,
  trigger              text NOT NULL,
  node_name            text NOT NULL,
  namespace            text NOT NULL,
  pod_name             text NOT NULL,
  pod_uid              text NOT NULL,
  pod_ip               text NOT NULL,
  host_ip              text NOT NULL,
  container_name       text NOT NULL,
  container_id         text NOT NULL,
  image                text NOT NULL,
  image_digest         text NOT NULL,
  PRIMARY KEY (cluster_id, finding_id)
) PARTITION BY RANGE (finding_id);
CREATE TABLE findings_default PARTITION OF findings DEFAULT;
CREATE INDEX findings_latest ON findings (finding_id);
CREATE INDEX findings_namespace ON findings (namespace, finding_id);
CREATE INDEX findings_signature ON findings (signature_name, finding_id);
CREATE INDEX findings_sha256 ON findings (sha256, finding_id) WHERE sha256 IS NOT NULL;
CREATE INDEX findings_node ON findings (node_name, finding_id);
CREATE INDEX findings_pod ON findings (pod_name, finding_id);

-- Search in findings: finding_search_text(signature_name, path, pod_name, namespace, image) ILIKE '%…%'.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE FUNCTION finding_search_text(signature_name text, path text, pod_name text, namespace text, image text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN signature_name || ' ' || path || ' ' || pod_name || ' ' || namespace || ' ' || image;
CREATE INDEX findings_search ON findings
  USING gin (finding_search_text(signature_name, path, pod_name, namespace, image) gin_trgm_ops);

-- Files and containers that were not scanned: one row per container, reason and path, updated by later reports.
CREATE TABLE coverage (
  cluster_id     text NOT NULL,
  container_id   text NOT NULL,
  reason         text NOT NULL,
  -- SHA-256 of the path's bytes: a path may exceed the maximum size of an index entry.
  path_hash      bytea NOT NULL,
  -- For paging; grows with first_seen_at.
  coverage_id    bigint GENERATED ALWAYS AS IDENTITY,
  -- Path as text, and as bytes; NULL if both are identical.
  path           text NOT NULL,
  path_bytes     bytea,
  count          bigint NOT NULL,
  size_bytes     bigint NOT NULL,
  detail         text NOT NULL,
  node_name      text NOT NULL,
  namespace      text NOT NULL,
  pod_name       text NOT NULL,
  container_name text NOT NULL,
  image          text NOT NULL,
  first_seen_at  timestamptz NOT NULL,
  last_seen_at   timestamptz NOT NULL,
  PRIMARY KEY (cluster_id, container_id, reason, path_hash)
);
CREATE UNIQUE INDEX coverage_coverage_id ON coverage (coverage_id);
CREATE INDEX coverage_reason ON coverage (reason, coverage_id);
CREATE INDEX coverage_namespace ON coverage (namespace, coverage_id);
CREATE INDEX coverage_age ON coverage (last_seen_at);

-- Results that nodes dropped.
CREATE TABLE gaps (
  cluster_id      text NOT NULL,
  gap_id          uuid NOT NULL,
  received_at     timestamptz NOT NULL DEFAULT now(),
  node_name       text NOT NULL,
  reason          text NOT NULL,
  clean_results   bigint NOT NULL,
  finding_results bigint NOT NULL,
  findings        bigint NOT NULL,
  from_at         timestamptz NOT NULL,
  to_at           timestamptz NOT NULL,
  PRIMARY KEY (cluster_id, gap_id)
);
CREATE INDEX gaps_node ON gaps (cluster_id, node_name);

-- History of pods: one row whenever a pod appeared, changed or was deleted.
CREATE TABLE pod_logs (
  cluster_id  text NOT NULL,
  -- UUIDv7, created by the backend
  pod_log_id  uuid NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  observed_at timestamptz NOT NULL,
  event       text NOT NULL CHECK (event IN ('appeared', 'changed', 'gone')),
  node_name   text NOT NULL,
  namespace   text NOT NULL,
  pod_name    text NOT NULL,
  pod_uid     text NOT NULL,
  owner       text NOT NULL,
  pod_ip      text NOT NULL,
  host_ip     text NOT NULL,
  containers  jsonb NOT NULL,
  PRIMARY KEY (cluster_id, pod_log_id)
) PARTITION BY RANGE (pod_log_id);
CREATE TABLE pod_logs_default PARTITION OF pod_logs DEFAULT;
CREATE INDEX pod_logs_latest ON pod_logs (pod_log_id);
CREATE INDEX pod_logs_pod ON pod_logs (pod_name, pod_log_id);
`
}
