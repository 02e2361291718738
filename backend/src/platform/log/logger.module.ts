import type { Logger } from '@guardimesh/kit'
import { type DynamicModule, Global, Module } from '@nestjs/common'
import { LOGGER } from './logger-token.js'

/** Offers the process's logger to all modules. */
@Global()
@Module({})
export class LoggerModule {}

/** The LoggerModule of one process. */
export function loggerModule(log: Logger): DynamicModule {
  return { module: LoggerModule, providers: [{ provide: LOGGER, useValue: log }], exports: [LOGGER] }
}
