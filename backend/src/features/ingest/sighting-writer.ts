import type pg from 'pg'
import { copyIn } from '../../platform/database/copy-in.js'
import { type EncodedSightings, SIGHTING_COLUMNS, SIGHTING_CONTAINER_COLUMNS } from './encode-sightings.js'

/**
 * Inserts or updates sightings: the earliest first-seen time, the latest last-seen time, the generation of the latest clean verdict, and the MD5
 * once a node reported it. Uses staging tables, because COPY does not support ON CONFLICT, and orders by key to avoid deadlocks. Idempotent.
 */
export async function upsertSightings(tx: pg.ClientBase, sightings: readonly EncodedSightings[]): Promise<void> {
  if (sightings.every(({ count }) => count === 0)) return
  await tx.query('CREATE TEMP TABLE IF NOT EXISTS staged_sighting_containers (LIKE sighting_containers) ON COMMIT DELETE ROWS')
  await tx.query('CREATE TEMP TABLE IF NOT EXISTS staged_sightings (LIKE file_sightings) ON COMMIT DELETE ROWS')
  const containerRows = sightings.map((one) => one.containerRows)
  await copyIn(tx, `COPY staged_sighting_containers (${SIGHTING_CONTAINER_COLUMNS}) FROM STDIN`, containerRows)
  await tx.query(UPSERT_CONTAINERS)
  const rows = sightings.map((one) => one.rows)
  await copyIn(tx, `COPY staged_sightings (${SIGHTING_COLUMNS}) FROM STDIN`, rows)
  await tx.query(UPSERT_SIGHTINGS)
}

// Always updates the row: retention, which may be deleting it concurrently, then checks its condition again.
const UPSERT_CONTAINERS = `
INSERT INTO sighting_containers AS known (${SIGHTING_CONTAINER_COLUMNS})
SELECT DISTINCT ON (container_hash) ${SIGHTING_CONTAINER_COLUMNS} FROM staged_sighting_containers ORDER BY container_hash, last_seen_at DESC
ON CONFLICT (container_hash) DO UPDATE SET last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at)`

const UPSERT_SIGHTINGS = `
INSERT INTO file_sightings AS known (${SIGHTING_COLUMNS})
SELECT DISTINCT ON (sha256, place_hash) sha256, place_hash, container_hash, path, size_bytes, scan_source,
  min(first_seen_at) OVER same, max(last_seen_at) OVER same, clean_generation, clean_at, first_value(md5) OVER known_first
FROM staged_sightings WINDOW same AS (PARTITION BY sha256, place_hash), known_first AS (same ORDER BY md5 NULLS LAST)
ORDER BY sha256, place_hash, clean_at DESC NULLS LAST, last_seen_at DESC
ON CONFLICT (sha256, place_hash) DO UPDATE SET
  first_seen_at = least(known.first_seen_at, excluded.first_seen_at),
  last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at),
  clean_generation = CASE WHEN excluded.clean_at >= known.clean_at OR known.clean_at IS NULL
    THEN excluded.clean_generation ELSE known.clean_generation END,
  clean_at = greatest(known.clean_at, excluded.clean_at),
  md5 = coalesce(known.md5, excluded.md5)
WHERE excluded.first_seen_at < known.first_seen_at OR excluded.last_seen_at > known.last_seen_at
  OR excluded.clean_at > known.clean_at OR (known.clean_at IS NULL AND excluded.clean_at IS NOT NULL)
  OR (known.md5 IS NULL AND excluded.md5 IS NOT NULL)`
