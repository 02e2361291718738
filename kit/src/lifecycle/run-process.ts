import { ConfigError, EXIT_CONFIG } from '../config/config-error.js'
import type { Logger } from '../log/logger.js'

/**
 * Runs the main function of a process until SIGTERM or SIGINT, with one AbortSignal for both. The process ends by itself when `main`
 * returned and nothing is left to do; the exit code tells how: 0 stopped, 78 configuration, 1 anything else.
 */
export async function runProcess(log: Logger, main: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController()
  const onSignal = (name: NodeJS.Signals) => {
    log.info({ signal: name }, 'stopping')
    stop.abort(new Error(`stopped by ${name}`))
  }
  process.once('SIGTERM', onSignal)
  process.once('SIGINT', onSignal)
  try {
    await main(stop.signal)
  } catch (error) {
    if (stop.signal.aborted) return
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`)
      process.exitCode = EXIT_CONFIG
    } else {
      log.fatal({ error }, 'process failed')
      process.exitCode = 1
    }
  } finally {
    process.off('SIGTERM', onSignal)
    process.off('SIGINT', onSignal)
  }
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
