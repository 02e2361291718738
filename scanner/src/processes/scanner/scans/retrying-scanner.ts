import { closeSync } from 'node:fs'
import type { ScanSourceName } from '@guardimesh/contracts/detection/scan-source'
import type { SeverityName } from '@guardimesh/contracts/detection/severity'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { CachedScanner } from '../../../engines/cached-scanner.js'
import type { EngineMatch, FileVerdict } from '../../../engines/engine.js'
import { gapsOf } from '../../../engines/merge-verdicts.js'
import type { Patience } from '../../../engines/parallel-engines.js'
import type { RescanVerdicts } from '../../../engines/rescan-verdicts.js'
import type { OpenedFile } from '../../../node/file-identity.js'
import { type FileStat, statOpened } from '../../../node/file-stat.js'
import type { Behaviour } from '../../../sources/behaviour.js'
import type { FoundFile, ProcessFacts } from '../../../sources/found-file.js'
import { openFailureReason } from '../../../sources/open-failure-reason.js'
import { awaitedEngines, type FileOutcome, NO_OUTCOME } from '../results/file-outcome.js'
import type { FindingFacts } from '../results/finding-facts.js'
import type { WaitBudget } from './wait-budget.js'

/** Facts of a file that findings contain in addition to the verdict. */
export interface FileContext {
  readonly path: Buffer
  readonly layer: string
  readonly scanSource: ScanSourceName
  readonly stat: FileStat
  readonly process?: ProcessFacts | undefined
  /** True when a process runs it, which raises the severity of malware. */
  readonly isRunning?: boolean
  /** A finding in its own right, regardless of the content. */
  readonly behaviour?: Behaviour | undefined
}

/** A file that ends clamd each time is not scanned. */
const ATTEMPTS_MAX = 3

/** How a file is scanned. */
export interface FileScanMode {
  /** Set for a rescan that ignores the cache. */
  readonly rescanVerdicts?: RescanVerdicts | undefined
  /** Default: patient. */
  readonly patience?: Patience
  /** Called with findings that exist before the outcome, because another engine is still scanning or restarts. The outcome has them as well. */
  readonly onFindings?: (findings: readonly FindingFacts[]) => void
}

export interface RetryingScannerOptions {
  readonly scanner: CachedScanner
  readonly scanConfig: () => ScanConfig
}

/** Scans single files: opens them safely, retries after a restart of ClamAV where that delays nothing else, and returns the outcome as facts. */
export class RetryingScanner {
  readonly #options: RetryingScannerOptions

  constructor(options: RetryingScannerOptions) {
    this.#options = options
  }

  /** Returns the outcome of a file that is unchanged since its scan; undefined when it must be opened. */
  known(context: FileContext): FileOutcome | undefined {
    const { scanner, scanConfig } = this.#options
    const { maxFileSizeBytes, features } = scanConfig()
    const known = scanner.cachedVerdict(context.stat.identity, context.path, { maxFileSizeBytes, obfuscation: features.obfuscation })
    return known && outcomeOf(known, context)
  }

  /**
   * Opens and scans a file that a source found. While ClamAV restarts, it waits with the open file.
   *
   * @param wait the time that the scan of the whole container may wait.
   * @throws only the signal's reason.
   */
  async scanFound(file: FoundFile, mode: FileScanMode, wait: WaitBudget, signal: AbortSignal): Promise<FileOutcome> {
    let fd: number
    try {
      fd = file.open()
    } catch (error) {
      const sizeBytes = Number(file.stat.identity.sizeBytes)
      return { ...NO_OUTCOME, gaps: [{ ...openFailureReason(error), path: file.path, count: 1, sizeBytes }] }
    }
    try {
      const { path, layer, scanSource } = file
      const context = { path, layer, scanSource, stat: statOpened(fd) }
      for (let attempts = 1; ; attempts++) {
        const outcome = await this.scanOpened(fd, context, mode, signal)
        const isAwaited = awaitedEngines(outcome).includes('clamav')
        if (!isAwaited || wait.isUsedUp || attempts === ATTEMPTS_MAX) return outcome
        mode.onFindings?.(outcome.findings)
        await wait.run((until) => this.#options.scanner.waitForClamav(until), signal)
      }
    } finally {
      closeSync(fd)
    }
  }

  /**
   * Scans an open file, without waiting for an engine that does not answer. The caller closes it.
   *
   * @throws only the signal's reason.
   */
  async scanOpened(fd: number, context: FileContext, mode: FileScanMode | undefined, signal: AbortSignal): Promise<FileOutcome> {
    const { scanner, scanConfig } = this.#options
    const { identity } = context.stat
    const file: OpenedFile = { fd, path: context.path, sizeBytes: Number(identity.sizeBytes), identity }
    const { maxFileSizeBytes, features } = scanConfig()
    const { onFindings, ...options } = mode ?? {}
    const onEarlyVerdict = (early: FileVerdict) => onFindings?.(outcomeOf(early, context).findings)
    const verdict = await scanner.scanWithCache(
      file,
      { ...options, maxFileSizeBytes, obfuscation: features.obfuscation, onEarlyVerdict },
      signal,
    )
    return outcomeOf(verdict, context)
  }
}

/** Converts a verdict to facts. Pure except for the clock. */
function outcomeOf(file: FileVerdict, context: FileContext): FileOutcome {
  const { verdict, cached } = file
  const { behaviour, path } = context
  const sizeBytes = Number(context.stat.identity.sizeBytes)
  const matches = verdict.kind === 'infected' ? verdict.matches.map((match) => findingOf(match, file, context)) : []
  const ownFinding = behaviour ? [findingOf({ ...behaviour, engine: 'drift', engineVersion: '' }, file, context)] : []
  const gaps = gapsOf(verdict).map((gap) => ({ ...gap, path, count: 1, sizeBytes }))
  const isInspected = !cached && verdict.kind !== 'not-scanned'
  return { findings: [...matches, ...ownFinding], gaps, isCached: cached, bytesScanned: isInspected ? sizeBytes : 0, seen: file }
}

function findingOf(match: EngineMatch, file: FileVerdict, context: FileContext): FindingFacts {
  const { stat, path, layer, process } = context
  return {
    signatureName: match.signatureName,
    engine: match.engine,
    engineVersion: match.engineVersion,
    description: match.description,
    severity: severityOf(match, context),
    path,
    layer,
    process,
    scanSource: match.engine === 'yara' || match.engine === 'entropy' ? 'obfuscation' : context.scanSource,
    sha256: file.sha256 ?? new Uint8Array(),
    sizeBytes: Number(stat.identity.sizeBytes),
    ownerUid: stat.uid,
    ownerGid: stat.gid,
    mode: stat.mode,
    modifiedAtMs: stat.modifiedAtMs,
    changedAtMs: stat.changedAtMs,
    detectedAtMs: Date.now(),
  }
}

/** Malware that a process runs is critical. */
function severityOf(match: EngineMatch, context: FileContext): SeverityName {
  return context.isRunning && match.engine === 'clamav' && match.severity === 'high' ? 'critical' : match.severity
}
