import type { ContentHistory, CustomHash, HashDryRunResult, SightingList, SightingQuery } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import { HASH_KIND_NAMES, isOfKind } from './hash-kinds.js'
import { HuntedHashRepository } from './hunted-hash.repository.js'
import { MATCHES_MAX, SightingRepository } from './sighting.repository.js'

/** Sightings of one content that are listed. */
const LIST_MAX = 1000
/** Engines that know malware by signatures; the others judge what a program does or looks like, whatever was called clean before. */
const SIGNATURE_ENGINES: readonly string[] = ['clamav', 'yara', 'hash']

/** What of a finding decides whether it came late. */
export interface DetectedContent {
  /** 64 hexadecimal digits. */
  readonly sha256: string
  readonly detectedAt: Date
  readonly engine: string
  readonly signatureGeneration: string
}

/** Where contents were seen, and the hashes that are looked for among them. */
@Injectable()
export class SightingsService {
  constructor(
    private readonly sightings: SightingRepository,
    private readonly huntedHashes: HuntedHashRepository,
  ) {}

  /** Two contents may have one MD5. */
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

  /** Where a finding's content was seen, and whether it had been called clean before. @returns null when no node told of it. */
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

  /** Says which hashes (SHA-256 or MD5, hexadecimal) were seen. Changes nothing. */
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
   * Makes these the hashes that are looked for in all that was seen and will be, and queues the job that does so at once. In the caller's
   * transaction: the job runs when it is committed.
   *
   * @param by who brought them in, for hashes that say nothing of it.
   */
  async matchHashes(tx: Queryable, hashes: readonly CustomHash[], by: string): Promise<void> {
    if (await this.huntedHashes.replace(tx, hashes, by)) await this.huntedHashes.queueHunt(tx)
  }
}
