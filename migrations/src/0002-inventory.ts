import { SqlMigration } from './sql-migration.js'

/** Last known state of clusters, nodes and pods. */
export class Inventory1795000000002 extends SqlMigration {
  protected override readonly sql = `
CREATE TABLE clusters (
  cluster_id    text PRIMARY KEY,
  first_seen_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at  timestamptz NOT NULL DEFAULT now()
);

-- A node and its scanner. first_seen_at and last_seen_at are times of the backend, observed_at of the node.
CREATE TABLE nodes (
  cluster_id           text NOT NULL,
  node_name            text NOT NULL,
  first_seen_at        timestamptz NOT NULL DEFAULT now(),
  last_seen_at         timestamptz NOT NULL DEFAULT now(),
  observed_at          timestamptz,
  agent_version        text NOT NULL DEFAULT '',
  runtime_kind         text NOT NULL DEFAULT '',
  runtime_version      text NOT NULL DEFAULT '',
  runtime_endpoint     text NOT NULL DEFAULT '',
  runtime_reason       text NOT NULL DEFAULT '',
  kernel_release       text NOT NULL DEFAULT '',
  host_ip              text NOT NULL DEFAULT '',
  signature_generation text NOT NULL DEFAULT '',
  engine_version       text NOT NULL DEFAULT '',
  signature_count      bigint NOT NULL DEFAULT 0,
  spool_results        bigint NOT NULL DEFAULT 0,
  spool_bytes          bigint NOT NULL DEFAULT 0,
  event_overflows      bigint NOT NULL DEFAULT 0,
  containers_watched   bigint NOT NULL DEFAULT 0,
  containers_total     bigint NOT NULL DEFAULT 0,
  config_error         text NOT NULL DEFAULT '',
  config_etag          text NOT NULL DEFAULT '',
  PRIMARY KEY (cluster_id, node_name)
);

CREATE TABLE pods (
  cluster_id    text NOT NULL,
  node_name     text NOT NULL,
  namespace     text NOT NULL,
  pod_name      text NOT NULL,
  pod_uid       text NOT NULL,
  -- For paging; increases with first_seen_at.
  pod_id        bigint GENERATED ALWAYS AS IDENTITY,
  owner         text NOT NULL,
  pod_ip        text NOT NULL,
  host_ip       text NOT NULL,
  -- [{name, containerId, image, imageDigest, snapshotter, watched, notWatchedReason}]
  containers    jsonb NOT NULL,
  first_seen_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at  timestamptz NOT NULL DEFAULT now(),
  -- Time of the report by the node's clock: an older report never replaces a newer one.
  observed_at   timestamptz NOT NULL,
  gone_at       timestamptz,
  PRIMARY KEY (cluster_id, node_name, namespace, pod_name, pod_uid)
);
CREATE UNIQUE INDEX pods_pod_id ON pods (pod_id);
CREATE INDEX pods_present ON pods (pod_id) WHERE gone_at IS NULL;
CREATE INDEX pods_namespace ON pods (namespace, pod_id);
CREATE INDEX pods_gone ON pods (gone_at) WHERE gone_at IS NOT NULL;
`
}
