import { aborted, createLogger, GuardError, messageOf, runProcess } from '@guardimesh/kit'
import { readDevConfig } from './commands/config.js'
import type { DaemonMessage } from './commands/messages.js'
import { startDevEnv } from './dev-env.js'

/** Runs the platform until SIGTERM. `make up` starts it detached and listens to its messages until all is ready. */
const log = createLogger('dev-env')

await runProcess(log, async (stopSignal) => {
  const { folders, port, database, runtime } = readDevConfig(process.env)
  // Who started us went away before we were ready (an interrupt at the terminal): then nobody waits for the platform.
  const abandoned = new AbortController()
  const onDisconnect = () => abandoned.abort(new GuardError('SHUTTING_DOWN', 'the start was interrupted'))
  process.once('disconnect', onDisconnect)
  const signal = AbortSignal.any([stopSignal, abandoned.signal])
  try {
    const env = await startDevEnv({
      folder: folders.root,
      runFolder: folders.run,
      log,
      port,
      runtime,
      signal,
      onStep: (event) => tell({ kind: 'step', ...event }),
      ...(database ? { database } : {}),
    })
    process.off('disconnect', onDisconnect)
    tell({ kind: 'ready' })
    await aborted(stopSignal)
    await env.stop()
  } catch (error) {
    const logFile = error instanceof GuardError ? error.facts.logFile : undefined
    tell({ kind: 'failed', why: messageOf(error), ...(typeof logFile === 'string' ? { logFile } : {}) })
    throw error
  } finally {
    if (process.connected) process.disconnect()
  }
})

function tell(message: DaemonMessage): void {
  // The error, if any, says that nobody listens any more; "disconnect" tells us the same.
  process.send?.(message, undefined, undefined, () => undefined)
}
