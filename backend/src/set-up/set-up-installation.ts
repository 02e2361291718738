import type { SetUpOutcome } from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import { LATEST_MIGRATION, SchemaNewerError } from '@guardimesh/migrations'
import type { SetUpConfig } from '../config/set-up-config.js'
import { AccountRepository } from '../features/accounts/account.repository.js'
import { insertFirstAdministrator } from '../features/accounts/insert-first-administrator.js'
import { AuditRepository } from '../platform/audit/audit.repository.js'
import { Database } from '../platform/database/database.js'
import { isDatabaseUnavailable } from '../platform/database/database-errors.js'
import { migrateSchema } from '../platform/database/migrate-schema.js'
import { explainError } from './explain-error.js'
import { registerScannerKey } from './register-scanner-key.js'
import { waitForDatabase } from './wait-for-database.js'

/** Kubernetes keeps 4096 bytes of a last word. */
const MESSAGE_MAX_LENGTH = 1500
const KEY_REVOKED =
  'somebody revoked the API key of the scanners, and it stays revoked: delete the Secret with the key, and a new one is made and put in place'

/**
 * Brings an installation to where its processes can start: schema, first administrator, key of the scanners. Whatever was done before stays, so
 * it may run again, and twice at once. Never throws: what went wrong is the outcome.
 */
export async function setUpInstallation(config: SetUpConfig, log: Logger, signal: AbortSignal): Promise<SetUpOutcome> {
  const database = new Database({ databaseUrl: config.databaseUrl, applicationName: 'guardimesh set-up' })
  try {
    await waitForDatabase(database, log, signal)
    const done = await migrateSchema(config.databaseUrl)
    log.info({ done }, done.length > 0 ? 'the database was brought up to date' : 'the database is up to date')
    const administrator = (await makeAdministrator(database, config)) ? 'made' : 'existed'
    const isKeyInForce = await registerScannerKey(database, config.ingestionKey, config.ingestionKeyLabel)
    return { result: 'done', message: isKeyInForce ? '' : KEY_REVOKED, administrator, schema: LATEST_MIGRATION }
  } catch (error) {
    log.error({ error }, 'the set-up failed')
    return failure(error)
  } finally {
    await database.close()
  }
}

function makeAdministrator(database: Database, { administrator }: SetUpConfig): Promise<boolean> {
  const store = { accounts: new AccountRepository(database), audit: new AuditRepository() }
  return database.transaction((tx) => insertFirstAdministrator(tx, store, administrator.email, async () => administrator.password))
}

function failure(error: unknown): SetUpOutcome {
  const message = explainError(error).slice(0, MESSAGE_MAX_LENGTH)
  if (error instanceof SchemaNewerError) return { result: 'schema-newer', message, administrator: 'unknown', schema: error.schema }
  return { result: isDatabaseUnavailable(error) ? 'database-unreachable' : 'failed', message, administrator: 'unknown', schema: '' }
}
