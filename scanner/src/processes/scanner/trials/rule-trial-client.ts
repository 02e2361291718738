import type { IncomingHttpHeaders } from 'node:http'
import {
  MINUTE_MS,
  RULE_TRIAL_HEADER,
  RULE_TRIAL_NONE,
  RuleTrialOrder,
  RuleTrialReceipt,
  type RuleTrialReport,
  SECOND_MS,
} from '@guardimesh/contracts'
import { backoffMs, type Logger, messageOf, sleep } from '@guardimesh/kit'
import type { BackendClient } from '../../../report/backend-client.js'
import type { NodeFacts } from '../reporting/build-result.js'
import { type TrialOutcome, TrialRun, type TrialRunOptions } from './trial-run.js'

export interface RuleTrialsOptions extends TrialRunOptions {
  readonly backend: BackendClient
  readonly node: NodeFacts
  readonly log: Logger
}

/** A trial that goes on. */
interface Running {
  readonly trialId: string
  readonly stop: AbortController
  readonly ended: Promise<void>
}

const ORDER_PATH = '/api/v1/scan/rule-trial'
/** Replicas of the backend may say different things for a second. */
const BETWEEN_ASKS_MS = SECOND_MS
/** How far it is; thousands of nodes do not tell together. */
const PROGRESS_MS = 15 * SECOND_MS
const PROGRESS_JITTER = 0.2
const RETRY = { firstMs: SECOND_MS, maxMs: MINUTE_MS }

/** Follows the rule trials of the backend: notices another one, runs it, and tells what its rules matched. Reports nothing anywhere else. */
export class RuleTrials {
  readonly #options: RuleTrialsOptions
  /** What the backend said when it was asked last. */
  #known = RULE_TRIAL_NONE
  #running: Running | undefined
  #heardOther = false
  #wake = () => {}

  constructor(options: RuleTrialsOptions) {
    this.#options = options
  }

  /** Takes note of an answer of the backend, whatever it answers. */
  heard(headers: IncomingHttpHeaders): void {
    const named = headers[RULE_TRIAL_HEADER]
    if (typeof named !== 'string' || named === this.#known) return
    this.#heardOther = true
    this.#wake()
  }

  /** Runs until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      await this.#untilHeard(signal)
      if (signal.aborted) break
      this.#heardOther = false
      try {
        await this.#follow(await this.#ask(signal), signal)
        failures = 0
        await sleep(BETWEEN_ASKS_MS, signal)
      } catch (error) {
        if (signal.aborted) break
        failures += 1
        this.#options.log.warn({ why: messageOf(error), failures }, 'the rules to be tried were not got')
        await sleep(backoffMs(failures, RETRY), signal)
      }
    }
    await this.#running?.ended
  }

  async #untilHeard(signal: AbortSignal): Promise<void> {
    if (this.#heardOther) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    signal.addEventListener('abort', this.#wake, { once: true })
    await promise
    signal.removeEventListener('abort', this.#wake)
  }

  /** @returns undefined when there is nothing to try. @throws when the backend gives no answer of use. */
  async #ask(signal: AbortSignal): Promise<RuleTrialOrder | undefined> {
    const answer = await this.#options.backend.send({ method: 'GET', path: ORDER_PATH }, signal)
    if (answer.status === 404) return undefined
    if (answer.status !== 200) throw new Error(`status ${answer.status}`)
    return RuleTrialOrder.parse(JSON.parse(answer.body.toString('utf8')))
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
      log.info({ trialId, chars: order.rules.length }, 'rules are tried')
      const run = new TrialRun(order, this.#options)
      const over = new AbortController()
      const progress = this.#tellProgress(run, order, stop, AbortSignal.any([signal, over.signal]))
      const outcome = await run.run(signal).finally(() => over.abort())
      await progress
      log.info({ trialId, ...outcome, hits: run.tally.sums.hitCount }, 'rules were tried')
      await this.#tellEnd(run, order, outcome, signal)
    } catch (error) {
      if (signal.aborted) log.info({ trialId }, 'the trial of rules was ended')
      else log.error({ error, trialId }, 'rules could not be tried')
    }
  }

  /** Tells now and then how far it is, until the trial is over here or there. */
  async #tellProgress(run: TrialRun, order: RuleTrialOrder, stop: AbortController, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (!(await this.#tell(run, order, { state: 'running', problem: '' }, signal))) stop.abort()
      } catch (error) {
        if (!signal.aborted) this.#options.log.warn({ why: messageOf(error) }, 'how far the trial of rules is was not taken')
      }
      await sleep(PROGRESS_MS * (1 + (Math.random() * 2 - 1) * PROGRESS_JITTER), signal)
    }
  }

  /** Tells how it ended, until the backend takes it or the trial is over there. */
  async #tellEnd(run: TrialRun, order: RuleTrialOrder, outcome: TrialOutcome, signal: AbortSignal): Promise<void> {
    for (let failures = 1; !signal.aborted && Date.now() < Date.parse(order.expiresAt); failures++) {
      try {
        await this.#tell(run, order, outcome, signal)
        return
      } catch (error) {
        signal.throwIfAborted()
        const pauseMs = backoffMs(failures, RETRY)
        this.#options.log.warn({ why: messageOf(error), failures, pauseMs }, 'what came of the trial of rules was not taken')
        await sleep(pauseMs, signal)
      }
    }
  }

  /** @returns false when the trial is over. @throws when it was not taken. */
  async #tell(run: TrialRun, { trialId }: RuleTrialOrder, outcome: Pick<RuleTrialReport, 'state' | 'problem'>, signal: AbortSignal) {
    const { backend, node } = this.#options
    const report: RuleTrialReport = { clusterId: node.clusterId, nodeName: node.nodeName, ...outcome, ...run.tally.sums }
    const headers = { 'content-type': 'application/json' }
    const path = `/api/v1/scan/rule-trials/${trialId}/reports`
    const answer = await backend.send({ method: 'POST', path, headers, body: Buffer.from(JSON.stringify(report)) }, signal)
    if (answer.status !== 200) throw new Error(`status ${answer.status}: ${answer.body.subarray(0, 300).toString('utf8')}`)
    return RuleTrialReceipt.parse(JSON.parse(answer.body.toString('utf8'))).isActive
  }
}
