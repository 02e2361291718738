import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { INGEST_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { formatUuid, type Logger, systemCodeOf, uuidV7, writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'
import type { LostRecords } from './spool-record.js'

const GAP_REASONS = ['spool_full', 'spool_corrupt', 'refused'] as const
export type GapReason = (typeof GAP_REASONS)[number]

/** Dropped records by kind. */
export interface GapCounts {
  readonly cleanResults: number
  readonly findingResults: number
  readonly findings: number
  readonly sightings: number
  /** Unix time in milliseconds; 0 when unknown. */
  readonly fromMs: number
  readonly toMs: number
}

/** The content of spool records; also the prefix of their segment files. */
export type RecordKind = 'findings' | 'clean' | 'sightings'

/** Converts the counts of dropped records to gap counts. Pure. */
export function gapCounts({ results, findings, fromMs, toMs }: LostRecords, kind: RecordKind): GapCounts {
  const times = { fromMs, toMs }
  // The number of sightings in a damaged record is unknown: at least one.
  if (kind === 'sightings') return { cleanResults: 0, findingResults: 0, findings: 0, sightings: Math.max(results, findings), ...times }
  const isClean = kind === 'clean'
  return { cleanResults: isClean ? results : 0, findingResults: isClean ? 0 : results, findings, sightings: 0, ...times }
}

const StoredGap = z.object({
  /** UUID as text. */
  gapId: z.string(),
  reason: z.enum(GAP_REASONS),
  cleanResults: z.number(),
  findingResults: z.number(),
  findings: z.number(),
  sightings: z.number().default(0),
  fromMs: z.number(),
  toMs: z.number(),
})
/** A gap that the backend has not acknowledged. */
export type StoredGap = z.infer<typeof StoredGap>
const LedgerFile = z.object({ gaps: z.array(StoredGap), accountedFiles: z.array(z.string()) })

const LEDGER_FILE = 'gaps.json'

/**
 * Stores the gaps that the backend has not acknowledged, in a small file that is replaced atomically. A gap that was read for sending never
 * changes again, so that the backend can recognise a repeated one.
 */
export class GapLedger {
  readonly #path: string
  #gaps: readonly StoredGap[]
  #accountedFiles: readonly string[]
  /** Gaps that may still grow: created by this process and not yet read for sending. */
  readonly #open = new Set<string>()
  #saving: Promise<unknown> = Promise.resolve()

  private constructor(path: string, gaps: readonly StoredGap[], accountedFiles: readonly string[]) {
    this.#path = path
    this.#gaps = gaps
    this.#accountedFiles = accountedFiles
  }

  /** Reads the ledger of a folder. An unreadable ledger is logged and replaced by an empty one. */
  static async open(folder: string, log: Logger): Promise<GapLedger> {
    const path = join(folder, LEDGER_FILE)
    try {
      const { gaps, accountedFiles } = LedgerFile.parse(JSON.parse(await readFile(path, 'utf8')))
      return new GapLedger(path, gaps, accountedFiles)
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') log.error({ error, path }, 'failed to read the gap ledger; starting with an empty one')
      return new GapLedger(path, [], [])
    }
  }

  get isEmpty(): boolean {
    return this.#gaps.length === 0
  }

  /** Returns true when the ledger contains the loss of this file. */
  hasAccounted(fileName: string): boolean {
    return this.#accountedFiles.includes(fileName)
  }

  /** Adds a loss durably. `fileName` is the dropped segment file, so that its loss is not counted again after a crash. */
  async add(reason: GapReason, counts: GapCounts, fileName?: string): Promise<void> {
    const grown = this.#gaps.find((gap) => gap.reason === reason && this.#open.has(gap.gapId))
    const gap: StoredGap = grown ? merge(grown, counts) : { gapId: formatUuid(uuidV7()), reason, ...counts }
    this.#open.add(gap.gapId)
    const gaps = grown ? this.#gaps.map((known) => (known === grown ? gap : known)) : [...this.#gaps, gap]
    await this.#save(gaps, fileName === undefined ? this.#accountedFiles : [...this.#accountedFiles, fileName])
  }

  /** Forgets the name of a deleted segment file. Becomes durable with the next change. */
  forgetFile(fileName: string): void {
    this.#accountedFiles = this.#accountedFiles.filter((name) => name !== fileName)
  }

  /** Returns the oldest gaps for sending, and freezes their counts. */
  readForSending(): readonly StoredGap[] {
    const gaps = this.#gaps.slice(0, INGEST_LIMITS.gapsPerBatch)
    for (const gap of gaps) this.#open.delete(gap.gapId)
    return gaps
  }

  /** Removes gaps that the backend has stored. */
  async acknowledge(stored: readonly StoredGap[]): Promise<void> {
    const ids = new Set(stored.map((gap) => gap.gapId))
    await this.#save(
      this.#gaps.filter((gap) => !ids.has(gap.gapId)),
      this.#accountedFiles,
    )
  }

  #text(): string {
    return JSON.stringify({ gaps: this.#gaps, accountedFiles: this.#accountedFiles })
  }

  async #save(gaps: readonly StoredGap[], accountedFiles: readonly string[]): Promise<void> {
    this.#gaps = gaps
    this.#accountedFiles = accountedFiles
    // Serialised, because both lanes add gaps; each write contains all gaps in memory.
    const saved = this.#saving.catch(() => undefined).then(() => writeFileDurably(this.#path, this.#text()))
    this.#saving = saved
    await saved
  }
}

function merge(gap: StoredGap, counts: GapCounts): StoredGap {
  return {
    ...gap,
    cleanResults: gap.cleanResults + counts.cleanResults,
    findingResults: gap.findingResults + counts.findingResults,
    findings: gap.findings + counts.findings,
    sightings: gap.sightings + counts.sightings,
    fromMs: gap.fromMs === 0 || counts.fromMs === 0 ? Math.max(gap.fromMs, counts.fromMs) : Math.min(gap.fromMs, counts.fromMs),
    toMs: Math.max(gap.toMs, counts.toMs),
  }
}
