import type { Logger } from '@guardimesh/kit'
import { Logger as GraphileLogger, type LogLevel } from 'graphile-worker'

const LEVELS: Readonly<Record<`${LogLevel}`, 'error' | 'warn' | 'debug'>> = {
  error: 'error',
  warning: 'warn',
  // Each job's begin and end; the jobs speak for themselves.
  info: 'debug',
  debug: 'debug',
}

/** Lets graphile-worker speak through the process's logger. */
export function graphileLogger(log: Logger): GraphileLogger {
  return new GraphileLogger((scope) => (level, message) => log[LEVELS[level]]({ ...scope }, message))
}
