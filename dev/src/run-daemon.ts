import { aborted, messageOf, type ProcessContext } from '@guardimesh/kit'
import type { DevConfig } from './commands/config.js'
import type { DaemonMessage } from './commands/messages.js'
import { startDevEnv } from './dev-env.js'
import { ComponentError } from './supervision/component.js'

/** Runs the platform until SIGTERM. `make up` starts it detached and follows its messages until all components are ready. */
export async function runDaemon({ config, log, signal: stopSignal }: ProcessContext<DevConfig>): Promise<void> {
  const { folders, port, database, runtime } = config
  // `make up` was interrupted before the platform was ready.
  const abandoned = new AbortController()
  const onDisconnect = () => abandoned.abort(new Error('the start was interrupted'))
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
      onStep: (event) => send({ kind: 'step', ...event }),
      ...(database ? { database } : {}),
    })
    process.off('disconnect', onDisconnect)
    send({ kind: 'ready' })
    await aborted(stopSignal)
    await env.stop()
  } catch (error) {
    send({ kind: 'failed', why: messageOf(error), ...(error instanceof ComponentError ? { logFile: error.logFile } : {}) })
    throw error
  } finally {
    if (process.connected) process.disconnect()
  }
}

function send(message: DaemonMessage): void {
  // An error means that the receiver disconnected, which the "disconnect" event handles.
  process.send?.(message, undefined, undefined, () => undefined)
}
