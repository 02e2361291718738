import { MINUTE_MS } from '@guardimesh/contracts/units'
import { GuardError, type Logger, messageOf, sleep } from '@guardimesh/kit'
import { type ClamdAddress, ClamdControl } from '../../engines/clamav/clamd-control.js'
import type { ClamdConfig } from './clamd-config.js'
import type { PullerReportStore } from './puller-report-store.js'

const RELOAD_TIMEOUT_MS = 10 * MINUTE_MS
const POLL_INTERVAL_MS = 200

export interface ReloadOptions {
  readonly clamd: ClamdAddress
  /** Undefined when another program configures clamd. */
  readonly clamdConfig: ClamdConfig | undefined
  readonly report: PullerReportStore
  readonly log: Logger
}

/**
 * Makes clamd load the active generation, and waits until it has. A clamd that would load it concurrently without memory for both
 * generations is shut down instead; its container restarts it with the new configuration.
 *
 * @param always true to reload also if clamd has loaded a generation of this name.
 * @returns true when clamd has loaded the generation, false when clamd is not running.
 * @throws GuardError ENGINE_TIMEOUT
 */
export async function reloadClamd(
  options: ReloadOptions,
  generation: string,
  signal: AbortSignal,
  { always = false } = {},
): Promise<boolean> {
  const { clamd, clamdConfig, log } = options
  const control = new ClamdControl(clamd)
  const isRestart = (await clamdConfig?.isRestartDue()) ?? false
  try {
    if ((await isServed(options, generation)) && !always) return true
    if (isRestart) log.warn({ generation }, 'not enough memory for a concurrent reload; restarting clamd')
    await (isRestart ? control.shutDown() : control.reload())
  } catch (error) {
    log.info({ reason: messageOf(error) }, 'clamd unavailable; it loads the active generation when it starts')
    return false
  }
  const deadlineMs = performance.now() + RELOAD_TIMEOUT_MS
  while (!signal.aborted && performance.now() < deadlineMs) {
    await sleep(POLL_INTERVAL_MS, signal)
    // clamd may not answer while it loads.
    if (!(await isServed(options, generation).catch(() => false))) continue
    if (isRestart) await clamdConfig?.clearRestart()
    return true
  }
  signal.throwIfAborted()
  throw new GuardError('ENGINE_TIMEOUT', `clamd has not loaded the generation ${generation} after ${RELOAD_TIMEOUT_MS} ms`, { generation })
}

/** Checks whether clamd has loaded the generation; if so, records it and its memory in the report. @throws the errors of ClamdControl */
export async function isServed({ clamd, report, log }: ReloadOptions, generation: string): Promise<boolean> {
  const control = new ClamdControl(clamd)
  if (!(await control.servesGeneration(generation))) return false
  const memoryBytes = (await control.memoryBytes().catch(() => undefined)) ?? 0
  await report.recordServed(generation, memoryBytes)
  log.debug({ generation, memoryBytes, version: await control.version().catch(() => '') }, 'generation loaded by clamd')
  return true
}
