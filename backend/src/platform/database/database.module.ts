import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common'
import type { DatabaseSettings } from './connection-options.js'
import { ConsoleDatabase } from './console-database.js'
import { Database } from './database.js'

/** Injection token of the DatabaseSettings, for separate connections (LISTEN, COPY). */
export const DATABASE_SETTINGS = Symbol('database settings')
export const InjectDatabaseSettings = (): ParameterDecorator => Inject(DATABASE_SETTINGS)

/** Provides Database and ConsoleDatabase to all modules; both connect at their first statement. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    private readonly consoleDatabase: ConsoleDatabase,
  ) {}

  static with(settings: DatabaseSettings): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: DATABASE_SETTINGS, useValue: settings },
        { provide: Database, useFactory: () => new Database(settings) },
        {
          provide: ConsoleDatabase,
          useFactory: () => new ConsoleDatabase({ ...settings, applicationName: `${settings.applicationName} console` }),
        },
      ],
      exports: [Database, ConsoleDatabase, DATABASE_SETTINGS],
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.database.close(), this.consoleDatabase.close()])
  }
}
