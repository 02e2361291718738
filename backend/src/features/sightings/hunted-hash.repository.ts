import type { CustomHash } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import { HASH_KIND_NAMES, HASH_KINDS, type HashKind, isOfKind } from './hash-kinds.js'

/** Name of the retro-hunt job. */
export const HUNT_JOB = 'hunt-hashes'

/** SQL of hunted hashes. */
@Injectable()
export class HuntedHashRepository {
  /**
   * Replaces all hunted hashes.
   *
   * @param hashes SHA-256 or MD5, hexadecimal.
   * @returns true if a hash was added.
   */
  async replace(tx: Queryable, hashes: readonly CustomHash[], by: string): Promise<boolean> {
    // Serialized: of two concurrent replacements, the later one applies as a whole.
    await tx.execute(`SELECT pg_advisory_xact_lock(hashtext('guardimesh hunted hashes'))`)
    let isNew = false
    for (const kind of HASH_KIND_NAMES) {
      const ofKind = hashes.filter(({ hash }) => isOfKind(kind, hash))
      if (await this.#replaceKind(tx, kind, ofKind, by)) isNew = true
    }
    return isNew
  }

  async #replaceKind(tx: Queryable, kind: HashKind, hashes: readonly CustomHash[], by: string): Promise<boolean> {
    const table = HASH_KINDS[kind].hunted
    const wanted = [
      hashes.map(({ hash }) => hash),
      hashes.map(({ name }) => name),
      hashes.map(({ sizeBytes }) => sizeBytes),
      hashes.map(({ addedBy }) => addedBy || by),
    ]
    await tx.execute(
      `DELETE FROM ${table} AS known WHERE NOT EXISTS (
         SELECT FROM unnest($1::text[], $2::text[], $3::bigint[]) AS wanted (hash, name, size_bytes)
         WHERE ${kind} = decode(hash, 'hex') AND signature_name = name AND known.size_bytes IS NOT DISTINCT FROM wanted.size_bytes)`,
      wanted.slice(0, 3),
    )
    const added = await tx.execute(
      `INSERT INTO ${table} (${kind}, signature_name, size_bytes, added_by)
       SELECT decode(hash, 'hex'), name, size_bytes, added_by
       FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) AS wanted (hash, name, size_bytes, added_by)
       ON CONFLICT DO NOTHING`,
      wanted,
    )
    return added > 0
  }

  /** Queues a retro-hunt; a worker starts it after the commit. */
  async queueHunt(tx: Queryable): Promise<void> {
    await tx.execute(`SELECT graphile_worker.add_job($1, '{}'::json, max_attempts => 5, job_key => $1)`, [HUNT_JOB])
  }
}
