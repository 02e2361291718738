import { SECOND_MS } from '@guardimesh/contracts/units'
import { GuardError, type Logger, messageOf, sleep } from '@guardimesh/kit'
import { readCurrentManifest } from '@guardimesh/signature-format'
import type { ClamdControl } from '../../../engines/clamav/clamd-control.js'
import { EMPTY_PULLER_REPORT, type PullerReport, readPullerReport } from '../../../report/puller-report.js'
import type { ScannerEvents } from '../events/scanner-events.js'
import type { CatalogFloorKeeper } from './catalog-floor-keeper.js'

export interface GenerationMonitorOptions {
  readonly signaturesFolder: string
  /** Folder of the puller's report. */
  readonly pullerFolder: string
  readonly catalogFloor: CatalogFloorKeeper
  /** A generation without our manifest is none. In a cluster the folder is missing while the puller restarts. */
  readonly requiresManifest?: boolean
  readonly clamd: ClamdControl
  readonly log: Logger
  readonly events: ScannerEvents
}

const POLL_INTERVAL_MS = 5 * SECOND_MS
/** While clamd starts, it may answer at any moment. */
const FIRST_POLL_INTERVAL_MS = 500

/**
 * Polls clamd for the generation that it has loaded, and the puller's report. A generation counts when clamd detects its canary, not when its
 * files exist.
 */
export class GenerationMonitor {
  readonly #options: GenerationMonitorOptions
  readonly #known = Promise.withResolvers<void>()
  #generation = ''
  #hasCanary = false
  #engineVersion = ''
  #signatureCount = 0
  #report = EMPTY_PULLER_REPORT
  #failure = 'clamd has not answered yet'

  constructor(options: GenerationMonitorOptions) {
    this.#options = options
  }

  /** Empty until clamd has loaded one. */
  get generation(): string {
    return this.#generation
  }

  /** True when clamd detects the canary of the generation: it was built by the signature server or from the starter set. */
  get hasCanary(): boolean {
    return this.#hasCanary
  }

  /** The version of clamd; empty until its first answer. */
  get engineVersion(): string {
    return this.#engineVersion
  }

  /** Number of signatures in the generation by its manifest, because clamd does not report it. */
  get signatureCount(): number {
    return this.#signatureCount
  }

  /** The puller's report, without its facts about a generation other than the loaded one. */
  get report(): PullerReport {
    const { generation, refusedGeneration, refusal } = this.#report
    return generation === this.#generation ? this.#report : { ...EMPTY_PULLER_REPORT, refusedGeneration, refusal }
  }

  /** Why clamd is not ready; empty when it is. */
  get failure(): string {
    return this.#failure
  }

  /**
   * Waits until a generation is known, because earlier verdicts are not cached. Also resolves after `timeoutMs`, or when the signal is
   * aborted.
   */
  async whenKnown(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const known = new AbortController()
    await Promise.race([this.#known.promise, sleep(timeoutMs, AbortSignal.any([signal, known.signal]))])
    known.abort()
  }

  /** Polls until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#readReport()
      try {
        await this.#pollClamd()
        this.#failure = ''
      } catch (error) {
        this.#failure = messageOf(error)
        this.#options.log.debug({ error }, 'failed to query the loaded signatures')
      }
      await sleep(this.#generation === '' ? FIRST_POLL_INTERVAL_MS : POLL_INTERVAL_MS, signal)
    }
  }

  async #readReport(): Promise<void> {
    const report = await readPullerReport(this.#options.pullerFolder)
    await this.#options.catalogFloor.update(report.catalogSequence)
    if (JSON.stringify(report) === JSON.stringify(this.#report)) return
    this.#report = report
    this.#options.events.emit('inventoryChanged')
  }

  async #pollClamd(): Promise<void> {
    const { clamd, signaturesFolder, log, events } = this.#options
    this.#engineVersion = await clamd.version()
    const current = await readCurrentManifest(signaturesFolder)
    if (!current && this.#options.requiresManifest) throw new GuardError('SIGNATURES_INVALID', 'the puller has no active generation')
    // Without our manifest the databases come from elsewhere; the version of clamd identifies them.
    const generation = current?.manifest.generation ?? this.#engineVersion
    if (generation === this.#generation) return
    if (current && !(await clamd.servesGeneration(generation))) return
    const isFirst = this.#generation === ''
    this.#generation = generation
    this.#hasCanary = current !== undefined
    this.#signatureCount = (current?.manifest.files ?? []).reduce((sum, file) => sum + (file.signatures ?? 0), 0)
    log.info({ generation, engineVersion: this.#engineVersion }, 'generation loaded by clamd')
    events.emit('generationLoaded', generation, isFirst)
    this.#known.resolve()
  }
}
