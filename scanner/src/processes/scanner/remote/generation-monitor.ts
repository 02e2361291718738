import { SECOND_MS } from '@guardimesh/contracts'
import { type Logger, messageOf, sleep } from '@guardimesh/kit'
import { readCurrentManifest } from '@guardimesh/signature-format'
import type { ClamdControl } from '../../../engines/clamav/clamd-control.js'
import { EMPTY_PULLER_REPORT, type PullerReport, readPullerReport } from '../../../report/puller-report.js'

export interface GenerationWatchOptions {
  readonly signaturesFolder: string
  /** Where the puller leaves its report. */
  readonly runFolder: string
  readonly clamd: ClamdControl
  readonly log: Logger
  /** clamd serves another generation now. `isFirst`: nothing was known before. */
  readonly onGeneration: (generation: string, isFirst: boolean) => void
  /** The puller says something else than before. */
  readonly onReport: () => void
}

const POLL_MS = 5 * SECOND_MS
/** Until clamd answered once, it may be there any moment. */
const FIRST_POLL_MS = 500

/** Knows which signatures clamd has loaded. A generation counts when clamd proves to serve it, not when its files are there. */
export class GenerationWatch {
  readonly #options: GenerationWatchOptions
  readonly #known = Promise.withResolvers<void>()
  #generation = ''
  #engineVersion = ''
  #signatureCount = 0
  #report = EMPTY_PULLER_REPORT
  #failure = 'clamd did not answer yet'

  constructor(options: GenerationWatchOptions) {
    this.#options = options
  }

  /** Empty before the first. */
  get generation(): string {
    return this.#generation
  }

  /** Version that clamd gives; empty before it answered. */
  get engineVersion(): string {
    return this.#engineVersion
  }

  /** How many signatures the generation has, as far as its manifest says; clamd does not tell. */
  get signatureCount(): number {
    return this.#signatureCount
  }

  /** What the puller says; zero and empty what is about another generation than the one that clamd serves. */
  get report(): PullerReport {
    const { generation, refusedGeneration, refusal } = this.#report
    return generation === this.#generation ? this.#report : { ...EMPTY_PULLER_REPORT, refusedGeneration, refusal }
  }

  /** Why clamd is not ready; empty when it is. */
  get failure(): string {
    return this.#failure
  }

  /** Resolves when a generation is known; verdicts from before are not kept. Also after `timeoutMs`, or when the signal is aborted. */
  async whenKnown(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const known = new AbortController()
    await Promise.race([this.#known.promise, sleep(timeoutMs, AbortSignal.any([signal, known.signal]))])
    known.abort()
  }

  /** Looks until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#readReport()
      try {
        await this.#look()
        this.#failure = ''
      } catch (error) {
        this.#failure = messageOf(error)
        this.#options.log.debug({ error }, 'the loaded signatures are not known')
      }
      await sleep(this.#generation === '' ? FIRST_POLL_MS : POLL_MS, signal)
    }
  }

  async #readReport(): Promise<void> {
    const report = await readPullerReport(this.#options.runFolder)
    if (JSON.stringify(report) === JSON.stringify(this.#report)) return
    this.#report = report
    this.#options.onReport()
  }

  async #look(): Promise<void> {
    const { clamd, signaturesFolder, log, onGeneration } = this.#options
    this.#engineVersion = await clamd.version()
    const current = await readCurrentManifest(signaturesFolder)
    // A clamd that somebody else feeds: its version names its databases.
    const generation = current?.manifest.generation ?? this.#engineVersion
    if (generation === this.#generation) return
    if (current && !(await clamd.servesGeneration(generation))) return
    const isFirst = this.#generation === ''
    this.#generation = generation
    this.#signatureCount = (current?.manifest.files ?? []).reduce((sum, file) => sum + (file.signatures ?? 0), 0)
    log.info({ generation, engineVersion: this.#engineVersion }, 'signatures in force')
    onGeneration(generation, isFirst)
    this.#known.resolve()
  }
}
