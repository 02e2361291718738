import { spawn } from 'node:child_process'
import { GuardError } from '@guardimesh/kit'
import { inheritedEnv, openLog, type ProcessPartOptions } from '../supervision/process-part.js'

/**
 * Runs a command to its end, its output appended to its log file. When the signal is aborted it gets SIGTERM.
 *
 * @throws GuardError INTERNAL, with part and log file in its facts, when it does not end with 0.
 */
export async function runOnce(options: Omit<ProcessPartOptions, 'checkReady'>, signal: AbortSignal): Promise<void> {
  const { name, command, args, env, logFile } = options
  const log = await openLog(logFile)
  try {
    const child = spawn(command, args, { env: { ...inheritedEnv(), ...env }, stdio: ['ignore', log.fd, log.fd], signal })
    const end = await new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('exit', (code, killedBy) => resolve(killedBy ?? `exit code ${code}`))
    })
    if (end !== 'exit code 0') throw new GuardError('INTERNAL', `${name} failed: ${end}`, { part: name, logFile })
  } finally {
    await log.close()
  }
}
