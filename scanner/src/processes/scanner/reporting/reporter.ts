import { SCAN_SOURCES } from '@guardimesh/contracts/detection/scan-source'
import { fromWireNumber } from '@guardimesh/contracts/detection/wire-number'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import { messages } from '@guardimesh/contracts/messages'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { backoffMs, type Logger, sleep } from '@guardimesh/kit'
import type { Spool } from '../../../report/spool.js'
import type { SpoolRecord } from '../../../report/spool-record.js'
import type { FindingFacts, ScanOutcome } from '../results/finding-facts.js'
import { buildResults, type EngineFacts, type NodeFacts } from './build-result.js'
import type { CoverageMemory } from './coverage-memory.js'
import { type FindingMemory, findingKey } from './finding-memory.js'

export interface ReporterOptions {
  readonly spool: Spool
  readonly findingMemory: FindingMemory
  readonly coverageMemory: CoverageMemory
  readonly node: NodeFacts
  readonly engineFacts: () => EngineFacts
  readonly scanConfig: () => ScanConfig
  /** True for a file with which the scanner tests itself in its own pod. */
  readonly isSelfTest: (outcome: ScanOutcome, finding: FindingFacts) => boolean
  readonly log: Logger
}

export interface ReportMode {
  /** False: no result for a scan without new findings and new coverage entries. */
  readonly evenWhenClean: boolean
  /** True: report all coverage entries, even those that were reported before. */
  readonly allCoverage: boolean
}

const DISK_RETRY = { firstMs: 500, maxMs: 30 * SECOND_MS }

/** Stores scan outcomes in the spool, without findings and coverage that were reported before. */
export class Reporter {
  readonly #options: ReporterOptions

  constructor(options: ReporterOptions) {
    this.#options = options
  }

  /**
   * Reports a scan. Resolves when its results are durable, and retries until the disk accepts them or the signal is aborted.
   */
  async report(outcome: ScanOutcome, mode: ReportMode, signal: AbortSignal): Promise<void> {
    const { findingMemory, coverageMemory, log, node, engineFacts } = this.#options
    const { containerId } = outcome.container
    const { findings, keys } = this.#claim(outcome)
    const unreported = coverageMemory.claim(containerId, outcome.notScanned)
    const notScanned = mode.allCoverage ? outcome.notScanned : unreported
    if (!mode.evenWhenClean && findings.length === 0 && notScanned.length === 0) return
    const records = buildResults({ ...outcome, findings, notScanned }, node, engineFacts())
    if (!(await this.#store(records, signal))) {
      findingMemory.release(keys)
      coverageMemory.release(containerId, unreported)
      return
    }
    findingMemory.markReported(keys)
    for (const { signatureName, scanSource, severity } of findings)
      log.warn({ containerId, podName: outcome.container.podName, signatureName, scanSource, severity }, 'finding reported')
  }

  /** Marks the findings in the spool as reported: an earlier process may have stored them and ended before. Call before the first report. */
  async rememberPending(): Promise<void> {
    for await (const payload of this.#options.spool.pendingFindings()) {
      const { containerId, findings } = messages.ClamResult.decode(payload)
      const keys = findings.map(({ path, sha256, signatureName, scanSource }) =>
        findingKey({
          containerId,
          path: path ?? new Uint8Array(),
          sha256: sha256 ?? new Uint8Array(),
          signatureName: signatureName ?? '',
          scanSource: fromWireNumber(SCAN_SOURCES, scanSource) ?? 'upperdir',
        }),
      )
      this.#options.findingMemory.markReported(keys)
    }
  }

  #claim(outcome: ScanOutcome): { findings: FindingFacts[]; keys: string[] } {
    const ttlMs = this.#options.scanConfig().deduplicationTtlSeconds * SECOND_MS
    const findings: FindingFacts[] = []
    const keys: string[] = []
    for (const finding of outcome.findings) {
      if (this.#options.isSelfTest(outcome, finding)) continue
      const key = findingKey({ ...finding, containerId: outcome.container.containerId })
      if (!this.#options.findingMemory.claim(key, ttlMs)) continue
      findings.push(finding)
      keys.push(key)
    }
    return { findings, keys }
  }

  async #store(records: readonly SpoolRecord[], signal: AbortSignal): Promise<boolean> {
    for (let failures = 1; ; failures++) {
      try {
        await this.#options.spool.append(records)
        return true
      } catch (error) {
        if (signal.aborted) return false
        this.#options.log.error({ error, failures }, 'failed to write results to the spool; retrying')
        await sleep(backoffMs(failures, DISK_RETRY), signal)
      }
    }
  }
}
