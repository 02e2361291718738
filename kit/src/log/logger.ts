import { type Logger, pino, stdSerializers } from 'pino'
import { REDACTED_PATHS } from './redact.js'

export type { Logger } from 'pino'

/**
 * Creates the logger of a process: JSON lines on standard output, times in RFC 3339 UTC, secrets redacted.
 *
 * @param name name of the process, part of every line.
 * @param level "trace" to "fatal", or "silent".
 */
export function createLogger(name: string, level = 'info'): Logger {
  return pino({
    name,
    level,
    base: { pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: stdSerializers.errWithCause },
    redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
  })
}
