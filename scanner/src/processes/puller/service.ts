import type { SignatureCatalog } from '@guardimesh/contracts/signatures/catalog'
import { createProcessRegistry, errorCodeOf, GuardError, type Logger, type ProcessContext, sleep } from '@guardimesh/kit'
import { startProbes } from '../../probes/start-probes.js'
import { readCatalogFloor } from '../../report/catalog-floor.js'
import type { PullerConfig } from './config.js'
import { openContext } from './context.js'
import { PullerMetrics } from './metrics.js'
import { waitForNextPull } from './next-pull.js'
import type { PullOutcome } from './pull.js'
import { SighupTrigger } from './sighup-trigger.js'

const FLOOR_POLL_INTERVAL_MS = 200
const PULL_FAILED = 'signature pull failed; keeping the active generation'

/** Runs the puller as configured: one pull, or the service. */
export async function runPuller(process: ProcessContext<PullerConfig>): Promise<void> {
  await (process.config.pullsOnce ? pullOnce(process) : servePuller(process))
}

/** Pulls once. An unavailable server is not a failure while a generation is active. @throws the errors of `pull`. */
async function pullOnce({ config, log, signal }: ProcessContext<PullerConfig>): Promise<void> {
  using context = await openContext(config, log)
  const { source, server } = context
  if (server) await waitForFloor(config, log, signal)
  try {
    log.info(await source.pull(signal), 'signatures pulled')
  } catch (error) {
    const generation = server && !signal.aborted ? await source.activeGeneration() : undefined
    if (generation === undefined) throw error
    log.warn({ error, generation }, PULL_FAILED)
  }
}

/** The first catalogue of a new pod is compared with those that earlier pods of this node accepted. Without the scanner process, it is accepted. */
async function waitForFloor({ runFolder, floorWaitMs }: PullerConfig, log: Logger, signal: AbortSignal): Promise<void> {
  if (floorWaitMs === 0) return
  log.info({ floorWaitMs }, 'waiting for the scanner process')
  const deadlineMs = performance.now() + floorWaitMs
  while (!signal.aborted && performance.now() < deadlineMs) {
    if ((await readCatalogFloor(runFolder)) !== undefined) return
    await sleep(FLOOR_POLL_INTERVAL_MS, signal)
  }
  log.warn({ floorWaitMs }, 'timeout waiting for the scanner process; a replayed catalogue would not be rejected')
}

/**
 * Pulls at the interval, on SIGHUP and when the signature server offers another generation, and serves the probes, until the signal is
 * aborted. Failed pulls are retried sooner.
 */
async function servePuller({ config, log, signal }: ProcessContext<PullerConfig>): Promise<void> {
  const registry = createProcessRegistry()
  using context = await openContext(config, log)
  const { source } = context
  const metrics = new PullerMetrics(registry, context)
  const signatures = async () => {
    if ((await source.activeGeneration()) === undefined) throw new GuardError('SIGNATURES_INVALID', 'no generation is active yet')
  }
  const { runFolder, probePort: port } = config
  using _probes = await startProbes({ runFolder, process: 'puller', port, metrics: registry, readiness: { signatures } })
  using sighup = new SighupTrigger()
  const waiting = { ...context, sighup, log, intervalMs: config.pullIntervalMs }
  let catalog: SignatureCatalog | undefined
  for (let failures = 0; !signal.aborted; ) {
    const startedAtMs = Date.now()
    let outcome: PullOutcome | undefined
    try {
      outcome = await source.pull(signal, catalog)
      failures = 0
      metrics.count(outcome.kind)
      // Every node repeats this for the same generation, so an unchanged generation is not logged at info level.
      log[outcome.kind === 'switched' ? 'info' : 'debug']({ ...outcome, tookMs: Date.now() - startedAtMs }, 'signatures pulled')
    } catch (error) {
      if (signal.aborted) break
      failures += 1
      metrics.count(errorCodeOf(error) === 'SIGNATURES_INVALID' ? 'refused' : 'failed')
      log.error({ error, failures }, PULL_FAILED)
    }
    catalog = await waitForNextPull(waiting, { outcome, failures }, signal)
  }
}
