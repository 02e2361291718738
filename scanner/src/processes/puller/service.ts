import { join } from 'node:path'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { backoffMs, createProcessRegistry, GuardError, type Logger, sleep, startProbeServer } from '@guardimesh/kit'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { PullerConfig } from './config.js'
import { type PullOptions, type PullOutcome, pull } from './pull.js'

const FIRST_RETRY_MS = 10 * SECOND_MS
const MAX_RETRY_MS = 30 * MINUTE_MS

/** Pulls once. @throws what `pull` throws. */
export async function pullOnce(config: PullerConfig, log: Logger, signal: AbortSignal): Promise<void> {
  const outcome = await pull(optionsOf(config, log), signal)
  log.info(outcome, 'signatures pulled')
}

/** Pulls at the interval and on SIGHUP, and serves the probes, until the signal is aborted. A failed pull is tried again sooner. */
export async function servePuller(config: PullerConfig, log: Logger, signal: AbortSignal): Promise<void> {
  const metrics = createProcessRegistry()
  const record = makeMetrics(metrics)
  let inForce: PullOutcome | undefined
  const probes = await startProbeServer({
    address: { socketPath: join(config.RUN_FOLDER, 'puller.probe.sock') },
    metrics,
    readiness: {
      signatures: () => {
        if (!inForce) throw new GuardError('SIGNATURES_INVALID', 'no pull has succeeded yet')
      },
    },
  })
  const hangUp = new HangUp()
  try {
    for (let failures = 0; !signal.aborted; ) {
      const startedAtMs = Date.now()
      try {
        inForce = await pull(optionsOf(config, log), signal)
        failures = 0
        record(inForce.kind, inForce.generation)
        log.info({ ...inForce, tookMs: Date.now() - startedAtMs }, 'signatures pulled')
      } catch (error) {
        if (signal.aborted) break
        failures += 1
        record('failed', inForce?.generation)
        log.error({ error, failures }, 'signatures not pulled; the old ones stay in force')
      }
      await hangUp.orAfter(pauseMs(config, failures), signal)
    }
  } finally {
    hangUp[Symbol.dispose]()
    probes.close()
  }
}

function pauseMs(config: PullerConfig, failures: number): number {
  const intervalMs = config.PULL_INTERVAL_SECONDS * SECOND_MS
  return failures === 0 ? intervalMs : Math.min(intervalMs, backoffMs(failures, { firstMs: FIRST_RETRY_MS, maxMs: MAX_RETRY_MS }))
}

function optionsOf(config: PullerConfig, log: Logger): PullOptions {
  return {
    sourceFolder: config.SIGNATURES_SOURCE_FOLDER,
    signaturesFolder: config.SIGNATURES_FOLDER,
    clamdSocket: config.CLAMD_SOCKET,
    log,
  }
}

/** SIGHUP asks for a pull now; one that comes during a pull asks for one more. */
class HangUp implements Disposable {
  #isAsked = false
  #wake: (() => void) | undefined
  readonly #onSignal = () => {
    this.#isAsked = true
    this.#wake?.()
  }

  constructor() {
    process.on('SIGHUP', this.#onSignal)
  }

  async orAfter(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    if (!this.#isAsked) await sleep(ms, AbortSignal.any([signal, woken.signal]))
    this.#isAsked = false
    this.#wake = undefined
  }

  [Symbol.dispose](): void {
    process.off('SIGHUP', this.#onSignal)
  }
}

function makeMetrics(registry: Registry): (outcome: PullOutcome['kind'] | 'failed', generation: string | undefined) => void {
  const registers = [registry]
  const pulls = new Counter({ name: 'guardimesh_puller_pulls_total', help: 'Pulls, by outcome', labelNames: ['outcome'], registers })
  const success = new Gauge({
    name: 'guardimesh_puller_last_success_timestamp_seconds',
    help: 'When the last pull succeeded, Unix time',
    registers,
  })
  const info = new Gauge({
    name: 'guardimesh_puller_generation_info',
    help: 'Always 1; the label names the signature generation in force',
    labelNames: ['generation'],
    registers,
  })
  return (outcome, generation) => {
    pulls.inc({ outcome })
    if (outcome !== 'failed') success.setToCurrentTime()
    info.reset()
    if (generation !== undefined) info.set({ generation }, 1)
  }
}
