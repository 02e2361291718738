import type { Logger } from '@guardimesh/kit'
import { pino, stdSerializers } from 'pino'

export interface CapturedLog {
  readonly log: Logger
  /** All lines so far, parsed. */
  readonly lines: Record<string, unknown>[]
}

/** Creates a logger that records its lines. */
export function captureLog(): CapturedLog {
  const lines: Record<string, unknown>[] = []
  const sink = { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) }
  return { log: pino({ level: 'info', serializers: { error: stdSerializers.errWithCause } }, sink), lines }
}
