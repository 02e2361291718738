import { MINUTE_MS } from '@guardimesh/contracts'
import { GuardError, type Logger, messageOf, sleep } from '@guardimesh/kit'
import { ClamdControl } from '../../engines/clamav/clamd-control.js'
import type { ClamdConfig } from './clamd-config.js'
import type { PullerReportStore } from './puller-report-store.js'

const RELOAD_TIMEOUT_MS = 10 * MINUTE_MS
const POLL_INTERVAL_MS = 200

export interface ReloadOptions {
  readonly clamdSocket: string
  /** Undefined when clamd's configuration is not ours to write. */
  readonly clamdConfig: ClamdConfig | undefined
  readonly report: PullerReportStore
  readonly log: Logger
}

/**
 * Lets clamd load the generation in force, and waits until it serves it. A clamd that would load it beside the old one without room for
 * both is asked to end instead: it is started again with its new configuration.
 *
 * @returns true when clamd serves the generation, false when there is no clamd to ask.
 * @throws GuardError ENGINE_TIMEOUT
 */
export async function reloadClamd(options: ReloadOptions, generation: string, signal: AbortSignal): Promise<boolean> {
  const { clamdSocket, clamdConfig, log } = options
  const control = new ClamdControl({ socketPath: clamdSocket })
  const isRestart = (await clamdConfig?.isRestartDue()) ?? false
  try {
    if (await isServed(options, generation)) return true
    if (isRestart) log.warn({ generation }, 'clamd has no room for two generations: it is asked to end, and starts again with the new one')
    await (isRestart ? control.shutDown() : control.reload())
  } catch (error) {
    log.info({ reason: messageOf(error) }, 'clamd is not there to reload; it loads the generation in force when it starts')
    return false
  }
  const deadlineMs = performance.now() + RELOAD_TIMEOUT_MS
  while (!signal.aborted && performance.now() < deadlineMs) {
    await sleep(POLL_INTERVAL_MS, signal)
    // clamd may stand still while it loads.
    if (!(await isServed(options, generation).catch(() => false))) continue
    if (isRestart) await clamdConfig?.clearRestart()
    return true
  }
  signal.throwIfAborted()
  throw new GuardError('ENGINE_TIMEOUT', `clamd does not serve the generation ${generation} after ${RELOAD_TIMEOUT_MS} ms`, { generation })
}

/** True when clamd serves the generation, which is then told with the memory that it takes. @throws as ClamdControl */
export async function isServed({ clamdSocket, report, log }: ReloadOptions, generation: string): Promise<boolean> {
  const control = new ClamdControl({ socketPath: clamdSocket })
  if (!(await control.servesGeneration(generation))) return false
  const memoryBytes = (await control.memoryBytes().catch(() => undefined)) ?? 0
  await report.recordServed(generation, memoryBytes)
  log.debug({ generation, memoryBytes, version: await control.version().catch(() => '') }, 'clamd serves the generation')
  return true
}
