import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { backoffMs, createProcessRegistry, errorCodeOf, GuardError, type Logger } from '@guardimesh/kit'
import { startProbes } from '../../probes/start-probes.js'
import { Sources } from './choose-source.js'
import type { PullerConfig } from './config.js'
import { HangUp } from './hang-up.js'
import { PullerMetrics } from './metrics.js'
import { ServerSource } from './server-source.js'

const FIRST_RETRY_MS = 10 * SECOND_MS
const MAX_RETRY_MS = 30 * MINUTE_MS
/** Nodes that were started together do not ask together for ever. */
const JITTER_RATIO = 0.1

/** Pulls once. With a generation in force, a server that is away is no failure. @throws what `pull` throws. */
export async function pullOnce(config: PullerConfig, log: Logger, signal: AbortSignal): Promise<void> {
  using server = openServer(config, log)
  const sources = openSources(config, server, log)
  try {
    log.info(await sources.pull(signal), 'signatures pulled')
  } catch (error) {
    const generation = server && !signal.aborted ? await sources.inForce() : undefined
    if (generation === undefined) throw error
    log.warn({ error, generation }, 'signatures not pulled; the old ones stay in force')
  }
}

/** Pulls at the interval and on SIGHUP, and serves the probes, until the signal is aborted. A failed pull is tried again sooner. */
export async function servePuller(config: PullerConfig, log: Logger, signal: AbortSignal): Promise<void> {
  const registry = createProcessRegistry()
  using server = openServer(config, log)
  const sources = openSources(config, server, log)
  const metrics = new PullerMetrics(registry, sources)
  const signatures = async () => {
    if ((await sources.inForce()) === undefined) throw new GuardError('SIGNATURES_INVALID', 'no generation is in force yet')
  }
  const { RUN_FOLDER: runFolder, PROBE_PORT: port } = config
  using _probes = await startProbes({ runFolder, process: 'puller', port, metrics: registry, readiness: { signatures } })
  using hangUp = new HangUp()
  for (let failures = 0; !signal.aborted; ) {
    const startedAtMs = Date.now()
    try {
      const outcome = await sources.pull(signal)
      failures = 0
      metrics.count(outcome.kind)
      // Once a minute on every node, unchanged is no event.
      log[outcome.kind === 'switched' ? 'info' : 'debug']({ ...outcome, tookMs: Date.now() - startedAtMs }, 'signatures pulled')
    } catch (error) {
      if (signal.aborted) break
      failures += 1
      metrics.count(errorCodeOf(error) === 'SIGNATURES_INVALID' ? 'refused' : 'failed')
      log.error({ error, failures }, 'signatures not pulled; the old ones stay in force')
    }
    await hangUp.orAfter(pauseMs(config, failures), signal)
  }
}

function pauseMs(config: PullerConfig, failures: number): number {
  const intervalMs = config.PULL_INTERVAL_SECONDS * SECOND_MS * (1 + JITTER_RATIO * (2 * Math.random() - 1))
  return failures === 0 ? intervalMs : Math.min(intervalMs, backoffMs(failures, { firstMs: FIRST_RETRY_MS, maxMs: MAX_RETRY_MS }))
}

function openServer(config: PullerConfig, log: Logger): ServerSource | undefined {
  const { SIGNATURE_SERVER_URL: url, SIGNATURE_SERVER_CA_FILE: caFile, SIGNATURES_FOLDER: signaturesFolder } = config
  return url === undefined ? undefined : new ServerSource({ url, caFile, signaturesFolder, log })
}

function openSources(config: PullerConfig, server: ServerSource | undefined, log: Logger): Sources {
  const { SIGNATURES_SOURCE_FOLDER: folder, SIGNATURES_FOLDER: signaturesFolder, CLAMD_SOCKET: clamdSocket } = config
  return new Sources({ server, folder, signaturesFolder, clamdSocket, log })
}
