import { ConfigError, EXIT_CONFIG } from '../config/config-error.js'
import { createLogger, type Logger } from '../log/logger.js'

/** Context of the main function of a process. */
export interface ProcessContext<Config> {
  readonly config: Config
  /** Logger of the process, at the level of its configuration. */
  readonly log: Logger
  /** Aborted by SIGTERM or SIGINT. */
  readonly signal: AbortSignal
  /** Resources of the process, disposed in reverse order after the main function. */
  readonly resources: AsyncDisposableStack
}

/** Shorter than the 10 s after which a supervisor kills the process. */
const STOP_MAX_MS = 8000

/**
 * Runs a process until its main function returns or SIGTERM or SIGINT stops it. Reads the configuration, creates the logger, disposes the
 * resources and sets the exit code: 0 stopped, 78 invalid configuration (printed with all its errors), 1 any other failure.
 *
 * @param readConfig reads the configuration. Its `logLevel`, if present, sets the level of the logger.
 */
export async function runProcess<Config extends object>(
  name: string,
  readConfig: (env: NodeJS.ProcessEnv) => Config,
  main: (context: ProcessContext<Config>) => Promise<void>,
): Promise<void> {
  const log = createLogger(name)
  await untilStopped(log, async (signal) => {
    const config = readConfig(process.env)
    if ('logLevel' in config && typeof config.logLevel === 'string') log.level = config.logLevel
    await using resources = new AsyncDisposableStack()
    await main({ config, log, signal, resources })
  })
}

async function untilStopped(log: Logger, main: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController()
  const onSignal = (name: NodeJS.Signals) => {
    log.info({ signal: name }, 'stopping')
    stop.abort(new Error(`stopped by ${name}`))
    setTimeout(() => endNow(log), STOP_MAX_MS).unref()
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

/** SIGKILL, because an orderly exit waits for threads that may wait for a file system. */
function endNow(log: Logger): void {
  log.error('the process did not stop in time and is killed')
  process.kill(process.pid, 'SIGKILL')
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
