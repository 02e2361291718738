import type { Logger } from '@guardimesh/kit'
import { Global, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { connectionOptions, type DatabaseSettings } from '../database/connection-options.js'
import { DATABASE_SETTINGS } from '../database/database.module.js'
import { LOGGER } from '../log/logger-token.js'
import { PostgresListener } from './postgres-listener.js'

/** Provides the PostgresListener. Modules subscribe in `onModuleInit`, before it starts. */
@Global()
@Module({
  providers: [
    {
      provide: PostgresListener,
      useFactory: (settings: DatabaseSettings, log: Logger) => new PostgresListener(connectionOptions(settings), log),
      inject: [DATABASE_SETTINGS, LOGGER],
    },
  ],
  exports: [PostgresListener],
})
export class NotifyModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(private readonly listener: PostgresListener) {}

  onApplicationBootstrap(): void {
    this.listener.start()
  }

  async onApplicationShutdown(): Promise<void> {
    await this.listener.stop()
  }
}
