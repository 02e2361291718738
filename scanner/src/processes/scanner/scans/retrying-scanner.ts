import { closeSync } from 'node:fs'
import { MINUTE_MS, type ScanConfig, type ScanSourceName, type SeverityName } from '@guardimesh/contracts'
import type { CachedScanner } from '../../../engines/cached-scanner.js'
import type { EngineMatch, FileVerdict } from '../../../engines/engine.js'
import type { RescanVerdicts } from '../../../engines/rescan-verdicts.js'
import type { OpenedFile } from '../../../node/file-identity.js'
import { type FileStat, statOpened } from '../../../node/file-stat.js'
import type { Behaviour } from '../../../sources/behaviour.js'
import type { FoundFile, ProcessFacts } from '../../../sources/found-file.js'
import { openFailureReason } from '../../../sources/open-failure-reason.js'
import type { FileOutcome } from '../results/file-outcome.js'
import type { FindingFacts } from '../results/finding-facts.js'

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

/** Longer than clamd needs to restart with the largest databases. */
const ENGINE_WAIT_MAX_MS = 5 * MINUTE_MS
/** An engine that is ready sooner was never unavailable: the file itself causes the error. */
const ENGINE_RECOVERY_MIN_MS = 100
const ATTEMPTS_WITH_READY_ENGINE = 2

export interface RetryingScannerOptions {
  readonly scanner: CachedScanner
  readonly scanConfig: () => ScanConfig
}

/** Scans single files: opens them safely, waits for an unavailable engine and retries, and returns the outcome as facts. */
export class RetryingScanner {
  readonly #options: RetryingScannerOptions

  constructor(options: RetryingScannerOptions) {
    this.#options = options
  }

  /** Returns the outcome of a file that is unchanged since its scan; undefined when it must be opened. */
  known(context: FileContext): FileOutcome | undefined {
    const { scanner, scanConfig } = this.#options
    const { maxFileSizeBytes, features } = scanConfig()
    const known = scanner.cachedVerdict(context.stat.identity, { maxFileSizeBytes, obfuscation: features.obfuscation })
    return known && outcomeOf(known, context)
  }

  /** Opens and scans a file that a source found. @throws only the signal's reason. */
  async scanFound(file: FoundFile, rescanVerdicts: RescanVerdicts | undefined, signal: AbortSignal): Promise<FileOutcome> {
    let fd: number
    try {
      fd = file.open()
    } catch (error) {
      const sizeBytes = Number(file.stat.identity.sizeBytes)
      return { ...NO_OUTCOME, notScanned: { ...openFailureReason(error), path: file.path, count: 1, sizeBytes } }
    }
    try {
      const { path, layer, scanSource } = file
      return await this.scanOpened(fd, { path, layer, scanSource, stat: statOpened(fd) }, rescanVerdicts, signal)
    } finally {
      closeSync(fd)
    }
  }

  /** Scans an open file. The caller closes it. @throws only the signal's reason. */
  async scanOpened(
    fd: number,
    context: FileContext,
    rescanVerdicts: RescanVerdicts | undefined,
    signal: AbortSignal,
  ): Promise<FileOutcome> {
    const { identity } = context.stat
    const file: OpenedFile = { fd, path: context.path, sizeBytes: Number(identity.sizeBytes), identity }
    return outcomeOf(await this.#scanWithRetry(file, rescanVerdicts, signal), context)
  }

  /** An unavailable engine restarts: a file that it could not scan is scanned again then. */
  async #scanWithRetry(file: OpenedFile, rescanVerdicts: RescanVerdicts | undefined, signal: AbortSignal): Promise<FileVerdict> {
    const { scanner, scanConfig } = this.#options
    const startedAtMs = performance.now()
    for (let attempts = 1; ; attempts++) {
      const { maxFileSizeBytes, features } = scanConfig()
      const verdict = await scanner.scanWithCache(file, { maxFileSizeBytes, rescanVerdicts, obfuscation: features.obfuscation }, signal)
      const scannedAtMs = performance.now()
      const waitMs = Math.ceil(startedAtMs + ENGINE_WAIT_MAX_MS - scannedAtMs)
      if (!isEngineUnavailable(verdict) || waitMs <= 0) return verdict
      await scanner.waitUntilReady(AbortSignal.any([signal, AbortSignal.timeout(waitMs)]))
      signal.throwIfAborted()
      if (performance.now() - scannedAtMs < ENGINE_RECOVERY_MIN_MS && attempts >= ATTEMPTS_WITH_READY_ENGINE) return verdict
    }
  }
}

const NO_OUTCOME = { findings: [], isCached: false, bytesScanned: 0 } as const

function isEngineUnavailable({ verdict }: FileVerdict): boolean {
  return verdict.kind === 'not-scanned' && (verdict.reason === 'engine_error' || verdict.reason === 'timeout')
}

/** Converts a verdict to facts. Pure except for the clock. */
function outcomeOf(file: FileVerdict, context: FileContext): FileOutcome {
  const { verdict, cached } = file
  const { behaviour, path } = context
  const sizeBytes = Number(context.stat.identity.sizeBytes)
  const matches = verdict.kind === 'infected' ? verdict.matches.map((match) => findingOf(match, file, context)) : []
  const ownFinding = behaviour ? [findingOf({ ...behaviour, engine: 'drift', engineVersion: '' }, file, context)] : []
  const findings = [...matches, ...ownFinding]
  if (verdict.kind === 'not-scanned')
    return {
      ...NO_OUTCOME,
      findings,
      notScanned: { reason: verdict.reason, path, count: 1, sizeBytes, detail: verdict.detail },
      seen: file,
    }
  return { findings, isCached: cached, bytesScanned: cached ? 0 : sizeBytes, seen: file }
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
