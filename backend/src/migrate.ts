import { createLogger, runProcess } from '@guardimesh/kit'
import { readCommandConfig } from './config/command-config.js'
import { migrateSchema } from './platform/database/migrate-schema.js'

/** Brings the database to the newest schema. Safe to run again, and in several places at once. */
const log = createLogger('migrate')
await runProcess(log, async () => {
  const config = readCommandConfig(process.env)
  log.level = config.logLevel
  const done = await migrateSchema(config.databaseUrl)
  log.info({ done }, done.length > 0 ? 'the database was brought up to date' : 'the database is up to date')
})
