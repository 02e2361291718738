import type { ContentHistory, CustomHash, HashDryRunResult, SightingList, SightingQuery } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import { HASH_KIND_NAMES, isOfKind } from './hash-kinds.js'
import { HuntedHashRepository } from './hunted-hash.repository.js'
import { MATCHES_MAX, SightingRepository } from './sighting.repository.js'

/** Maximum listed sightings of one content. */
const LIST_MAX = 1000
/** Engines with signatures. Findings of other engines do not depend on a generation, so they are never late. */
const SIGNATURE_ENGINES: readonly string[] = ['clamav', 'yara', 'hash']

/** The fields of a finding that decide whether it is a late detection. */
export interface DetectedContent {
  /** 64 hexadecimal digits. */
  readonly sha256: string
  readonly detectedAt: Date
  readonly engine: string
  readonly signatureGeneration: string
}

/** Reads sightings and manages hunted hashes. */
@Injectable()
export class SightingsService {
  constructor(
    private readonly sightings: SightingRepository,
    private readonly huntedHashes: HuntedHashRepository,
  ) {}

  /** Lists sightings by hash. Different contents may share an MD5. */
  async list({ sha256, md5 }: SightingQuery): Promise<SightingList> {
    const kind = sha256 === undefined ? 'md5' : 'sha256'
    const hash = sha256 ?? md5 ?? ''
    const [rows, total] = await Promise.all([this.sightings.list(kind, hash, LIST_MAX), this.sightings.count(kind, hash)])
    const items = rows.map((row) => ({
      ...row,
      firstSeenAt: row.firstSeenAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
    }))
    return { hash, items, total }
  }

  /** Returns the history of a finding's content; null without sightings. */
  async historyOf({ sha256, detectedAt, engine, signatureGeneration }: DetectedContent): Promise<ContentHistory | null> {
    const row = await this.sightings.history(sha256, { moment: detectedAt, generation: signatureGeneration })
    if (!row?.firstSeenAt) return null
    return {
      firstSeenAt: row.firstSeenAt.toISOString(),
      containers: row.containers,
      nodes: row.nodes,
      isLate: row.cleanGeneration !== null && SIGNATURE_ENGINES.includes(engine),
      cleanGeneration: row.cleanGeneration ?? '',
    }
  }

  /** Returns which hashes (SHA-256 or MD5, hexadecimal) have sightings, without changing anything. */
  async dryRun(hashes: readonly string[]): Promise<HashDryRunResult> {
    const found = HASH_KIND_NAMES.map((kind) =>
      this.sightings.matches(
        kind,
        hashes.filter((hash) => isOfKind(kind, hash)),
      ),
    )
    const matches = (await Promise.all(found)).flat().toSorted((one, other) => Date.parse(one.firstSeenAt) - Date.parse(other.firstSeenAt))
    return { matches: matches.slice(0, MATCHES_MAX) }
  }

  /**
   * Replaces the hunted hashes and queues a retro-hunt for new ones, which starts when the caller's transaction commits.
   *
   * @param by author of hashes that have none.
   */
  async matchHashes(tx: Queryable, hashes: readonly CustomHash[], by: string): Promise<void> {
    if (await this.huntedHashes.replace(tx, hashes, by)) await this.huntedHashes.queueHunt(tx)
  }
}
