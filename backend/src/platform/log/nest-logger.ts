import type { Logger } from '@guardimesh/kit'
import type { LoggerService } from '@nestjs/common'

/** Writes Nest's messages to the logger of the process; start-up messages (one per route) at debug. */
export class NestLogger implements LoggerService {
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
  }

  log(message: unknown, context?: unknown): void {
    this.#log.debug({ context }, String(message))
  }

  warn(message: unknown, context?: unknown): void {
    this.#log.warn({ context }, String(message))
  }

  error(message: unknown, ...details: unknown[]): void {
    this.#log.error({ details }, String(message))
  }
}
