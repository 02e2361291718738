import type { Logger } from '@guardimesh/kit'
import { Logger as GraphileLogger, type LogLevel } from 'graphile-worker'

const LEVELS: Readonly<Record<`${LogLevel}`, 'error' | 'warn' | 'debug'>> = {
  error: 'error',
  warning: 'warn',
  // Start and end of each job; jobs log their results themselves.
  info: 'debug',
  debug: 'debug',
}

/** Creates a graphile-worker logger that writes to the logger of the process. */
export function graphileLogger(log: Logger): GraphileLogger {
  return new GraphileLogger((scope) => (level, message) => log[LEVELS[level]]({ ...scope }, message))
}
