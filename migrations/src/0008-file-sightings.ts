import { SqlMigration } from './sql-migration.js'

/**
 * Sightings of contents, and hashes for retro-hunts. Queries are by content only, so the hash is the first column of the key. Pod, node and image
 * are stored once per container. Retention scans the blocks of the table: an index on the time would be written whenever a file is seen again,
 * which now updates no index (heap-only updates, for which fillfactor reserves space).
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
  -- Never before that of its sightings, so that it is not deleted before them.
  last_seen_at   timestamptz NOT NULL
);

CREATE TABLE file_sightings (
  sha256           bytea NOT NULL,
  -- First 16 bytes of the SHA-256 of cluster, NUL, container id, NUL, path: a path may exceed the maximum size of an index entry.
  place_hash       bytea NOT NULL,
  container_hash   bytea NOT NULL,
  -- As text; bytes that are not UTF-8 as \\xNN.
  path             text NOT NULL,
  size_bytes       bigint NOT NULL,
  scan_source      text NOT NULL,
  first_seen_at    timestamptz NOT NULL,
  last_seen_at     timestamptz NOT NULL,
  -- Last generation that reported the content clean, and when; empty if none did.
  clean_generation text NOT NULL,
  clean_at         timestamptz,
  PRIMARY KEY (sha256, place_hash)
) WITH (fillfactor = 85);

-- SHA-256 hashes of custom signatures, to match against sightings.
CREATE TABLE hunted_hashes (
  sha256         bytea NOT NULL,
  signature_name text NOT NULL,
  -- NULL: any size.
  size_bytes     bigint,
  added_by       text NOT NULL,
  added_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (sha256, signature_name)
);

-- Sightings with a retro-hunt finding, one per signature name.
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
