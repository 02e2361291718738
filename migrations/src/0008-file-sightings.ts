import { SqlMigration } from './sql-migration.js'

/**
 * Which contents were seen where, and which hashes are hunted for in them. Asked by content only, so the hash leads the key; pod, node and
 * image stand once for each container. What is old is dropped by a walk over the table's blocks: an index on the time would have to be
 * written each time that a file is seen again, which now touches no index at all (fillfactor leaves room for it).
 */
export class FileSightings1795000000008 extends SqlMigration {
  protected override readonly sql = `
CREATE TABLE sighting_containers (
  -- First 16 bytes of the SHA-256 of cluster, NUL, container id.
  container_hash bytea PRIMARY KEY,
  cluster_id     text NOT NULL,
  container_id   text NOT NULL,
  node_name      text NOT NULL,
  namespace      text NOT NULL,
  pod_name       text NOT NULL,
  container_name text NOT NULL,
  image          text NOT NULL,
  -- Never before that of its sightings, so that it is not dropped before them.
  last_seen_at   timestamptz NOT NULL
);

CREATE TABLE file_sightings (
  sha256           bytea NOT NULL,
  -- First 16 bytes of the SHA-256 of cluster, NUL, container id, NUL, path: a path may be longer than an index entry can be.
  place_hash       bytea NOT NULL,
  container_hash   bytea NOT NULL,
  -- As text, bytes that are none as \\xNN.
  path             text NOT NULL,
  size_bytes       bigint NOT NULL,
  scan_source      text NOT NULL,
  first_seen_at    timestamptz NOT NULL,
  last_seen_at     timestamptz NOT NULL,
  -- With which generation it was clean last, and when; empty when it never was.
  clean_generation text NOT NULL,
  clean_at         timestamptz,
  PRIMARY KEY (sha256, place_hash)
) WITH (fillfactor = 85);

-- SHA-256 of custom signatures, to be looked for in what was seen.
CREATE TABLE hunted_hashes (
  sha256         bytea NOT NULL,
  signature_name text NOT NULL,
  -- NULL: of any size.
  size_bytes     bigint,
  added_by       text NOT NULL,
  added_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (sha256, signature_name)
);

-- Sightings that became a finding: each does once for each name.
CREATE TABLE hash_matches (
  sha256         bytea NOT NULL,
  place_hash     bytea NOT NULL,
  signature_name text NOT NULL,
  finding_id     uuid NOT NULL,
  found_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (sha256, place_hash, signature_name)
);

ALTER TABLE gaps ADD COLUMN sightings bigint NOT NULL DEFAULT 0;
`
}
