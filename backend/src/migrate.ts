import { createLogger, runProcess } from '@guardimesh/kit'
import { readCommandConfig } from './config/command-config.js'
import { migrateSchema } from './platform/database/migrate-schema.js'

/** Migrates the database to the latest schema. Safe to repeat and to run concurrently. */
const log = createLogger('migrate')
await runProcess(log, async () => {
  const config = readCommandConfig()
  log.level = config.logLevel
  const applied = await migrateSchema(config.databaseUrl)
  log.info({ applied }, applied.length > 0 ? 'database schema migrated' : 'database schema is up to date')
})
