import type { Logger } from '@guardimesh/kit'
import { pino, stdSerializers } from 'pino'

export interface CapturedLog {
  readonly log: Logger
  /** Every line so far, parsed. */
  readonly lines: Record<string, unknown>[]
}

/** A logger that keeps what it is told. */
export function captureLog(): CapturedLog {
  const lines: Record<string, unknown>[] = []
  const sink = { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) }
  return { log: pino({ level: 'info', serializers: { error: stdSerializers.errWithCause } }, sink), lines }
}
