import type { IncomingHttpHeaders } from 'node:http'
import {
  RULE_TRIAL_HEADER,
  RULE_TRIAL_NONE,
  RuleTrialOrder,
  RuleTrialReceipt,
  type RuleTrialReport,
} from '@guardimesh/contracts/http/rule-trials'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { backoffMs, type Logger, messageOf, sleep } from '@guardimesh/kit'
import type { BackendClient } from '../../../report/backend-client.js'
import type { NodeFacts } from '../reporting/build-result.js'
import { type TrialOutcome, TrialRun, type TrialRunOptions } from './trial-run.js'

export interface RuleTrialClientOptions extends TrialRunOptions {
  readonly backend: BackendClient
  readonly node: NodeFacts
  readonly log: Logger
}

/** A trial in progress. */
interface RunningTrial {
  readonly trialId: string
  readonly stop: AbortController
  readonly ended: Promise<void>
}

const ORDER_PATH = '/api/v1/scan/rule-trial'
/** Replicas of the backend may announce different trials for a second. */
const FETCH_PAUSE_MS = SECOND_MS
/** Interval of progress reports, with jitter so that thousands of nodes do not report at the same time. */
const PROGRESS_INTERVAL_MS = 15 * SECOND_MS
const PROGRESS_JITTER_RATIO = 0.2
const RETRY = { firstMs: SECOND_MS, maxMs: MINUTE_MS }

/** Follows the rule trials of the backend: fetches a new one, runs it, and reports its matches to the backend only. */
export class RuleTrialClient {
  readonly #options: RuleTrialClientOptions
  /** The trial that the backend returned last. */
  #known = RULE_TRIAL_NONE
  #running: RunningTrial | undefined
  #isOutdated = false
  #wake = () => {}

  constructor(options: RuleTrialClientOptions) {
    this.#options = options
  }

  /** Reads the current trial, which every response of the backend names. */
  noteHeaders(headers: IncomingHttpHeaders): void {
    const named = headers[RULE_TRIAL_HEADER]
    if (typeof named !== 'string' || named === this.#known) return
    this.#isOutdated = true
    this.#wake()
  }

  /** Runs until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      await this.#untilOutdated(signal)
      if (signal.aborted) break
      this.#isOutdated = false
      try {
        await this.#follow(await this.#fetchOrder(signal), signal)
        failures = 0
        await sleep(FETCH_PAUSE_MS, signal)
      } catch (error) {
        if (signal.aborted) break
        failures += 1
        this.#options.log.warn({ reason: messageOf(error), failures }, 'failed to fetch rule trial; retrying')
        await sleep(backoffMs(failures, RETRY), signal)
      }
    }
    await this.#running?.ended
  }

  async #untilOutdated(signal: AbortSignal): Promise<void> {
    if (this.#isOutdated) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    signal.addEventListener('abort', this.#wake, { once: true })
    await promise
    signal.removeEventListener('abort', this.#wake)
  }

  /** Fetches the current trial; undefined when there is none. @throws when the response is invalid. */
  async #fetchOrder(signal: AbortSignal): Promise<RuleTrialOrder | undefined> {
    const response = await this.#options.backend.send({ path: ORDER_PATH, signal })
    if (response.status === 404) return undefined
    if (response.status !== 200) throw new Error(`status ${response.status}`)
    return response.json(RuleTrialOrder)
  }

  async #follow(order: RuleTrialOrder | undefined, signal: AbortSignal): Promise<void> {
    const before = this.#running
    const isKnown = order?.trialId === this.#known
    this.#known = order?.trialId ?? RULE_TRIAL_NONE
    if (before && before.trialId !== order?.trialId) {
      before.stop.abort()
      await before.ended
    }
    if (!order || isKnown || before?.trialId === order.trialId) return
    const stop = new AbortController()
    this.#running = { trialId: order.trialId, stop, ended: this.#run(order, stop, AbortSignal.any([signal, stop.signal])) }
  }

  /** Never rejects. */
  async #run(order: RuleTrialOrder, stop: AbortController, signal: AbortSignal): Promise<void> {
    const { log } = this.#options
    const { trialId } = order
    try {
      log.info({ trialId, chars: order.rules.length }, 'rule trial started')
      const run = new TrialRun(order, this.#options)
      const over = new AbortController()
      const progress = this.#reportProgress(run, order, stop, AbortSignal.any([signal, over.signal]))
      const outcome = await run.run(signal).finally(() => over.abort())
      await progress
      log.info({ trialId, ...outcome, hits: run.tally.sums.hitCount }, 'rule trial ended')
      await this.#reportOutcome(run, order, outcome, signal)
    } catch (error) {
      if (signal.aborted) log.info({ trialId }, 'rule trial cancelled')
      else log.error({ error, trialId }, 'rule trial failed')
    }
  }

  /** Reports progress until the run ends, and stops the run when the backend has ended the trial. */
  async #reportProgress(run: TrialRun, order: RuleTrialOrder, stop: AbortController, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (!(await this.#report(run, order, { state: 'running', problem: '' }, signal))) stop.abort()
      } catch (error) {
        if (!signal.aborted) this.#options.log.warn({ reason: messageOf(error) }, 'failed to report progress of rule trial')
      }
      await sleep(PROGRESS_INTERVAL_MS * (1 + (Math.random() * 2 - 1) * PROGRESS_JITTER_RATIO), signal)
    }
  }

  /** Reports the outcome, and retries until the backend accepts it or the trial expires. */
  async #reportOutcome(run: TrialRun, order: RuleTrialOrder, outcome: TrialOutcome, signal: AbortSignal): Promise<void> {
    for (let failures = 1; !signal.aborted && Date.now() < Date.parse(order.expiresAt); failures++) {
      try {
        await this.#report(run, order, outcome, signal)
        return
      } catch (error) {
        signal.throwIfAborted()
        const pauseMs = backoffMs(failures, RETRY)
        this.#options.log.warn({ reason: messageOf(error), failures, pauseMs }, 'failed to report outcome of rule trial; retrying')
        await sleep(pauseMs, signal)
      }
    }
  }

  /** @returns false when the backend has ended the trial. @throws when the backend rejects the report. */
  async #report(run: TrialRun, { trialId }: RuleTrialOrder, outcome: Pick<RuleTrialReport, 'state' | 'problem'>, signal: AbortSignal) {
    const { backend, node } = this.#options
    const report: RuleTrialReport = { clusterId: node.clusterId, nodeName: node.nodeName, ...outcome, ...run.tally.sums }
    const path = `/api/v1/scan/rule-trials/${trialId}/reports`
    const response = await backend.send({ method: 'POST', path, json: report, signal })
    if (response.status !== 200) throw new Error(`status ${response.status}: ${response.bytes.subarray(0, 300).toString('utf8')}`)
    return response.json(RuleTrialReceipt).isActive
  }
}
