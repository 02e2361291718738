import { messageOf, runProgram } from '@guardimesh/kit'
import { ComponentError } from '../supervision/component.js'
import { inheritedEnv, openLog, type ProcessOptions } from '../supervision/process-component.js'

/**
 * Runs a command to its end and appends its output to its log file. Sends SIGTERM when the signal is aborted.
 *
 * @throws ComponentError when it fails.
 */
export async function runOnce(options: Omit<ProcessOptions, 'checkReady'>, signal: AbortSignal): Promise<void> {
  const { command, args, env, logFile } = options
  const log = await openLog(logFile)
  try {
    const killSignal = 'SIGTERM'
    await runProgram(command, args, { env: { ...inheritedEnv(), ...env }, outputFd: log.fd, signal, killSignal, throwOnFailure: true })
  } catch (error) {
    throw new ComponentError(options, messageOf(error), error)
  } finally {
    await log.close()
  }
}
