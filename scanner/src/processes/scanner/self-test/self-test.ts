import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { type Logger, sleep } from '@guardimesh/kit'
import type { CachedScanner } from '../../../engines/cached-scanner.js'
import type { EngineName, Verdict } from '../../../engines/engine.js'
import { gapsOf } from '../../../engines/merge-verdicts.js'
import type { FileEvents } from '../../../node/fanotify.js'
import type { FileEvent } from '../../../node/fanotify-event.js'
import type { ScannerEvents } from '../events/scanner-events.js'
import type { GenerationMonitor } from '../remote/generation-monitor.js'
import { CanaryEvents, WATCHED_PARTS, type WatchedPart, type WriteOutcome } from './canary-events.js'
import { buildCanaryFile, CANARY_NAME, type CanaryFile } from './canary-file.js'
import { type OpenedCanary, openTemporaryFile } from './temporary-file.js'

export const SELF_TEST_PARTS = [...WATCHED_PARTS, 'clamav', 'obfuscation'] as const
export type SelfTestPart = (typeof SELF_TEST_PARTS)[number]

export interface SelfTestResult {
  readonly finishedAtMs: number
  /** Reasons by failed part; empty when the test passed. */
  readonly failures: ReadonlyMap<SelfTestPart, string>
  /** Why written files of containers go unnoticed; empty when their events arrive. */
  readonly missingEvents: string
}

export interface SelfTestOptions {
  /** Where the node's root is mounted. */
  readonly hostRoot: string
  readonly fileEvents: FileEvents | undefined
  readonly scanner: CachedScanner
  readonly generation: GenerationMonitor
  readonly events: ScannerEvents
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
}

const INTERVAL_MS = 5 * MINUTE_MS
/** While the test fails, its end is reported soon. */
const FAILED_INTERVAL_MS = 30 * SECOND_MS
/** A test may coincide with the end of a reload; only a failure that persists is reported. */
const REPEAT_AFTER_MS = 10 * SECOND_MS
/** A starting clamd needs minutes for its signatures; after that its absence is a failure. */
const GENERATION_WAIT_MS = 5 * MINUTE_MS
const VERDICT_TIMEOUT_MS = 2 * MINUTE_MS

/**
 * Tests regularly that malware would be detected: a harmless canary is written in a canary container, and its events and the verdicts of all
 * engines must follow. Nothing of it is reported as a finding.
 */
export class SelfTest {
  readonly #options: SelfTestOptions
  readonly #canaryEvents: CanaryEvents
  #wakeUp = new AbortController()
  #result: SelfTestResult | undefined

  constructor(options: SelfTestOptions) {
    this.#options = options
    this.#canaryEvents = new CanaryEvents(options.hostRoot, options.fileEvents)
  }

  /** The last result; undefined before the first one. */
  get result(): SelfTestResult | undefined {
    return this.#result
  }

  /** Why written files of containers go unnoticed; empty when they do not, or before the first test. */
  get missingEvents(): string {
    return this.#result?.missingEvents ?? ''
  }

  /** Takes over the events of the canary. @returns the other ones. */
  withoutCanary(events: readonly FileEvent[]): readonly FileEvent[] {
    return this.#canaryEvents.withoutCanary(events)
  }

  /** Starts a test soon, because what it tests has changed. */
  wake(): void {
    this.#wakeUp.abort()
  }

  /** Tests until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    await this.#options.generation.whenKnown(GENERATION_WAIT_MS, signal)
    while (!signal.aborted) {
      this.#wakeUp = new AbortController()
      await this.#testTwice(signal)
      const intervalMs = this.#result?.failures.size ? FAILED_INTERVAL_MS : INTERVAL_MS
      await sleep(intervalMs, AbortSignal.any([signal, this.#wakeUp.signal]))
    }
  }

  async #testTwice(signal: AbortSignal): Promise<void> {
    try {
      let result = await this.test(signal)
      if (result.failures.size > 0) {
        await sleep(REPEAT_AFTER_MS, signal)
        result = await this.test(signal)
      }
      this.#accept(result)
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  #accept(result: SelfTestResult): void {
    const { events, log } = this.#options
    const before = this.#result
    this.#result = result
    const failures = Object.fromEntries(result.failures)
    if (result.failures.size > 0) log.error({ failures }, 'self-test failed: malware may go undetected on this node')
    else if (before === undefined || before.failures.size > 0) log.info('self-test passed')
    events.emit('selfTested', result.failures)
    events.emit('inventoryChanged')
  }

  /** Runs one test without effect on the last result. @throws the signal's reason. */
  async test(signal: AbortSignal): Promise<SelfTestResult> {
    const canary = buildCanaryFile(this.#options.generation.generation)
    const failures = new Map<SelfTestPart, string>()
    const outcomes = this.#options.scanConfig().features.fanotify
      ? await this.#canaryEvents.write(canary.content, signal)
      : new Map<WatchedPart, WriteOutcome>()
    const events = [...outcomes.values()].flatMap((outcome) => ('event' in outcome ? [outcome.event] : []))
    try {
      for (const [part, outcome] of outcomes) if ('failure' in outcome) failures.set(part, outcome.failure)
      // Without an event the engines are tested with a file of this process.
      using opened = events[0] ?? openTemporaryFile(canary.content)
      const verdict = await this.#verdictOf(canary, opened, signal)
      for (const [engine, failure] of this.#engineFailures(canary, verdict)) failures.set(engine, failure)
    } finally {
      for (const event of events) event.close()
    }
    return { finishedAtMs: Date.now(), failures, missingEvents: missingEventsOf(outcomes) }
  }

  /** @returns undefined when there is no verdict in time. */
  async #verdictOf({ content }: CanaryFile, { fd, stat }: OpenedCanary, signal: AbortSignal): Promise<Verdict | undefined> {
    const { scanner, scanConfig } = this.#options
    const timeout = AbortSignal.timeout(VERDICT_TIMEOUT_MS)
    const file = { fd, path: Buffer.from(CANARY_NAME), sizeBytes: content.length, identity: stat.identity }
    try {
      return await scanner.scanUncached(file, scanConfig().features, AbortSignal.any([signal, timeout]))
    } catch (error) {
      if (signal.aborted || !timeout.aborted) throw error
      return undefined
    }
  }

  #engineFailures({ signatures }: CanaryFile, verdict: Verdict | undefined): [EngineName, string][] {
    const { generation, scanConfig } = this.#options
    const matches = verdict?.kind === 'infected' ? verdict.matches : []
    const gaps = verdict ? gapsOf(verdict) : []
    const tested: EngineName[] = scanConfig().features.obfuscation ? ['clamav', 'obfuscation'] : ['clamav']
    return tested.flatMap((engine): [EngineName, string][] => {
      if (matches.some(({ signatureName }) => signatureName.startsWith(signatures[engine]))) return []
      const gap = gaps.find(({ awaits }) => awaits === engine)
      // Databases from elsewhere have no canary: then an answer is all that can be expected.
      if (!gap && verdict && engine === 'clamav' && generation.generation !== '' && !generation.hasCanary) return []
      const detail = [gap ?? gaps[0]].map((one) => one?.detail).join('')
      return [[engine, detail || (verdict ? 'the canary was not detected' : `no verdict within ${VERDICT_TIMEOUT_MS / SECOND_MS} s`)]]
    })
  }
}

function missingEventsOf(outcomes: ReadonlyMap<WatchedPart, WriteOutcome>): string {
  const missing = [...outcomes.values()].find((outcome) => 'failure' in outcome && outcome.isMissing)
  return missing && 'failure' in missing ? `the self-test failed: ${missing.failure}` : ''
}
