import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { INGEST_LIMITS } from '@guardimesh/contracts'
import { formatUuid, type Logger, systemCodeOf, uuidV7, writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'
import type { LostRecords } from './spool-record.js'

const GAP_REASONS = ['spool_full', 'spool_corrupt', 'refused'] as const
export type GapReason = (typeof GAP_REASONS)[number]

/** What was given up, by kind. */
export interface GapCounts {
  readonly cleanResults: number
  readonly findingResults: number
  readonly findings: number
  readonly sightings: number
  /** Unix time in milliseconds; 0 when unknown. */
  readonly fromMs: number
  readonly toMs: number
}

/** What records are of; also how the spool's files of them are called. */
export type RecordKind = 'findings' | 'clean' | 'sightings'

/** Counts records that were given up as what they are of. Pure. */
export function gapCounts({ results, findings, fromMs, toMs }: LostRecords, kind: RecordKind): GapCounts {
  const times = { fromMs, toMs }
  // A damaged record does not tell how many it held: at least one.
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
 * The losses that the backend does not know yet, in a small file that is replaced as a whole. A gap that was handed out to be sent never
 * changes again, so that a repeat of it is the same gap.
 */
export class GapLedger {
  readonly #path: string
  #gaps: readonly StoredGap[]
  #accountedFiles: readonly string[]
  /** Gaps that may still grow: made by this process and never handed out. */
  readonly #open = new Set<string>()
  #saving: Promise<unknown> = Promise.resolve()

  private constructor(path: string, gaps: readonly StoredGap[], accountedFiles: readonly string[]) {
    this.#path = path
    this.#gaps = gaps
    this.#accountedFiles = accountedFiles
  }

  /** Reads the ledger of a folder. A ledger that cannot be read is logged and begun anew. */
  static async open(folder: string, log: Logger): Promise<GapLedger> {
    const path = join(folder, LEDGER_FILE)
    try {
      const { gaps, accountedFiles } = LedgerFile.parse(JSON.parse(await readFile(path, 'utf8')))
      return new GapLedger(path, gaps, accountedFiles)
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') log.error({ error, path }, 'the ledger of lost results cannot be read; it is begun anew')
      return new GapLedger(path, [], [])
    }
  }

  get isEmpty(): boolean {
    return this.#gaps.length === 0
  }

  /** True when the loss of this file's content is in the ledger already. */
  hasAccounted(fileName: string): boolean {
    return this.#accountedFiles.includes(fileName)
  }

  /** Adds a loss, durably. `fileName`: the file whose content was given up, so that a crash does not count it twice. */
  async add(reason: GapReason, counts: GapCounts, fileName?: string): Promise<void> {
    const grown = this.#gaps.find((gap) => gap.reason === reason && this.#open.has(gap.gapId))
    const gap: StoredGap = grown ? merge(grown, counts) : { gapId: formatUuid(uuidV7()), reason, ...counts }
    this.#open.add(gap.gapId)
    const gaps = grown ? this.#gaps.map((known) => (known === grown ? gap : known)) : [...this.#gaps, gap]
    await this.#save(gaps, fileName === undefined ? this.#accountedFiles : [...this.#accountedFiles, fileName])
  }

  /** The file is gone: its name need not be kept. Becomes durable with the next change. */
  forgetFile(fileName: string): void {
    this.#accountedFiles = this.#accountedFiles.filter((name) => name !== fileName)
  }

  /** The oldest gaps, to be sent. They do not change any more. */
  take(): readonly StoredGap[] {
    const taken = this.#gaps.slice(0, INGEST_LIMITS.gapsPerBatch)
    for (const gap of taken) this.#open.delete(gap.gapId)
    return taken
  }

  /** The backend has stored these gaps. */
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
    // One after the other: two lanes lose things, and each loss is in memory by now.
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
