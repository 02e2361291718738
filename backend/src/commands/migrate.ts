import type { ProcessContext } from '@guardimesh/kit'
import type { CommandConfig } from '../config/command-config.js'
import { migrateSchema } from '../platform/database/migrate-schema.js'

/** Migrates the database to the latest schema. Safe to repeat and to run concurrently. */
export async function runMigrate({ config, log }: ProcessContext<CommandConfig>): Promise<void> {
  const applied = await migrateSchema(config.databaseUrl)
  log.info({ applied }, applied.length > 0 ? 'database schema migrated' : 'database schema is up to date')
}
