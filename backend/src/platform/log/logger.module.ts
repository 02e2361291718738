import type { Logger } from '@guardimesh/kit'
import { type DynamicModule, Global, Module } from '@nestjs/common'
import { LOGGER } from './logger-token.js'

/** Provides the logger of the process to all modules. */
@Global()
@Module({})
export class LoggerModule {}

/** The LoggerModule for a logger. */
export function loggerModule(log: Logger): DynamicModule {
  return { module: LoggerModule, providers: [{ provide: LOGGER, useValue: log }], exports: [LOGGER] }
}
