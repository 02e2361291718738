import { SECOND_MS } from '@guardimesh/contracts'
import { createProcessRegistry, errorCodeOf, GuardError, type Logger } from '@guardimesh/kit'
import { startProbes } from '../../probes/start-probes.js'
import type { PullerConfig } from './config.js'
import { openContext } from './context.js'
import { PullerMetrics } from './metrics.js'
import { waitForNextPull } from './next-pull.js'
import type { PullOutcome } from './pull.js'
import { SighupTrigger } from './sighup-trigger.js'

/** Pulls once. With a generation in force, a server that is away is no failure. @throws what `pull` throws. */
export async function pullOnce(config: PullerConfig, log: Logger, signal: AbortSignal): Promise<void> {
  using parts = await openContext(config, log)
  const { sources, server } = parts
  try {
    log.info(await sources.pull(signal), 'signatures pulled')
  } catch (error) {
    const generation = server && !signal.aborted ? await sources.activeGeneration() : undefined
    if (generation === undefined) throw error
    log.warn({ error, generation }, 'signatures not pulled; the old ones stay in force')
  }
}

/**
 * Pulls at the interval, on SIGHUP and when the signature server offers another generation, and serves the probes, until the signal is
 * aborted. A failed pull is tried again sooner.
 */
export async function servePuller(config: PullerConfig, log: Logger, signal: AbortSignal): Promise<void> {
  const registry = createProcessRegistry()
  using parts = await openContext(config, log)
  const { sources } = parts
  const metrics = new PullerMetrics(registry, parts)
  const signatures = async () => {
    if ((await sources.activeGeneration()) === undefined) throw new GuardError('SIGNATURES_INVALID', 'no generation is in force yet')
  }
  const { RUN_FOLDER: runFolder, PROBE_PORT: port } = config
  using _probes = await startProbes({ runFolder, process: 'puller', port, metrics: registry, readiness: { signatures } })
  using hangUp = new SighupTrigger()
  const waiting = { ...parts, hangUp, log, intervalMs: config.PULL_INTERVAL_SECONDS * SECOND_MS }
  for (let failures = 0; !signal.aborted; ) {
    const startedAtMs = Date.now()
    let outcome: PullOutcome | undefined
    try {
      outcome = await sources.pull(signal)
      failures = 0
      metrics.count(outcome.kind)
      // Again and again on every node, unchanged is no event.
      log[outcome.kind === 'switched' ? 'info' : 'debug']({ ...outcome, tookMs: Date.now() - startedAtMs }, 'signatures pulled')
    } catch (error) {
      if (signal.aborted) break
      failures += 1
      metrics.count(errorCodeOf(error) === 'SIGNATURES_INVALID' ? 'refused' : 'failed')
      log.error({ error, failures }, 'signatures not pulled; the old ones stay in force')
    }
    await waitForNextPull(waiting, { outcome, failures }, signal)
  }
}
