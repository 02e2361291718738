import type { ContentHistory, CustomHash, HashDryRunResult, SightingList } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import { HuntedHashRepository } from './hunted-hash.repository.js'
import { SightingRepository } from './sighting.repository.js'

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

  /** @param sha256 64 hexadecimal digits. */
  async list(sha256: string): Promise<SightingList> {
    const [rows, total] = await Promise.all([this.sightings.list(sha256, LIST_MAX), this.sightings.count(sha256)])
    const items = rows.map((row) => ({
      ...row,
      firstSeenAt: row.firstSeenAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
    }))
    return { sha256, items, total }
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
    const sha256s = hashes.filter(isSha256)
    return { matches: await this.sightings.matches(sha256s), notComparable: hashes.length - sha256s.length }
  }

  /**
   * Makes these the hashes that are looked for in all that was seen and will be, and queues the job that does so at once. In the caller's
   * transaction: the job runs when it is committed. MD5 is left out: it is not known of what was seen.
   *
   * @param by who brought them in, for hashes that say nothing of it.
   */
  async matchHashes(tx: Queryable, hashes: readonly CustomHash[], by: string): Promise<void> {
    const wanted = hashes.filter(({ hash }) => isSha256(hash))
    if (await this.huntedHashes.replace(tx, wanted, by)) await this.huntedHashes.queueHunt(tx)
  }
}

function isSha256(hash: string): boolean {
  return hash.length === 64
}
