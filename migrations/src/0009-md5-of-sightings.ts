import { SqlMigration } from './sql-migration.js'

/**
 * Contents are found by MD5 too, and a roll-out that stands still is told. A column without a value is added without a rewrite, and the index
 * has nothing in it yet: what it costs is one read of the table.
 */
export class Md5OfSightings1795000000009 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
-- MD5 of the content; NULL when no node that knows it told of it: those of an older version, and those whose OpenSSL forbids MD5.
ALTER TABLE file_sightings ADD COLUMN md5 bytea;
CREATE INDEX file_sightings_md5 ON file_sightings (md5) WHERE md5 IS NOT NULL;

-- As hunted_hashes, for custom signatures that name an MD5.
CREATE TABLE hunted_md5s (
  md5            bytea NOT NULL,
  signature_name text NOT NULL,
  -- NULL: of any size.
  size_bytes     bigint,
  added_by       text NOT NULL,
  added_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (md5, signature_name)
);

-- When a node of the roll-out that reports had the generation loaded last.
ALTER TABLE signature_canaries ADD COLUMN last_loaded_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE signature_alerts DROP CONSTRAINT signature_alerts_kind_check, ADD CONSTRAINT signature_alerts_kind_check
  CHECK (kind IN ('stale-warning', 'stale-critical', 'roll-out-held', 'roll-out-stalled', 'import-refused', 'node-refused'));
`
}
