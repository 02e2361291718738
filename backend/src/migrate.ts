import { createLogger, runProcess } from '@guardimesh/kit'
import { migrateDatabase } from '@guardimesh/migrations'
import { runMigrations } from 'graphile-worker'
import { readCommandConfig } from './config/command-config.js'

/** Brings the database to the newest schema, that of the job queue included. Safe to run again, and in several places at once. */
const log = createLogger('migrate')
await runProcess(log, async () => {
  const config = readCommandConfig(process.env)
  log.level = config.logLevel
  const done = await migrateDatabase({ url: config.databaseUrl })
  await runMigrations({ connectionString: config.databaseUrl })
  log.info({ done }, done.length > 0 ? 'the database was brought up to date' : 'the database is up to date')
})
