import type { SetUpOutcome } from '@guardimesh/contracts'
import { ConfigError, type Logger } from '@guardimesh/kit'
import { LATEST_MIGRATION, SchemaNewerError } from '@guardimesh/migrations'
import type { SetUpConfig } from '../config/set-up-config.js'
import { AccountRepository } from '../features/accounts/account.repository.js'
import { insertFirstAdministrator } from '../features/accounts/insert-first-administrator.js'
import { passwordMatches } from '../features/accounts/passwords.js'
import { AuditRepository } from '../platform/audit/audit.repository.js'
import { Database } from '../platform/database/database.js'
import { isDatabaseUnavailable } from '../platform/database/database-errors.js'
import { migrateSchema } from '../platform/database/migrate-schema.js'
import { explainError } from './explain-error.js'
import { registerScannerKey } from './register-scanner-key.js'
import { waitForDatabase } from './wait-for-database.js'

/** Kubernetes keeps 4096 bytes of a termination message. */
const MESSAGE_MAX_LENGTH = 1500
const KEY_REVOKED =
  'the API key of the scanners was revoked and remains revoked; delete the Secret with the key to create and distribute a new one'
const PASSWORD_MISSING = 'no account exists, and the Secret of the administrator has no password; create the Secret with the key password'

/**
 * Prepares an installation: schema, first administrator, API key of the scanners. Idempotent, and safe to run concurrently. Never throws;
 * the outcome contains the error.
 */
export async function setUpInstallation(config: SetUpConfig, log: Logger, signal: AbortSignal): Promise<SetUpOutcome> {
  const database = new Database({ databaseUrl: config.databaseUrl, applicationName: 'guardimesh set-up' })
  try {
    await waitForDatabase(database, log, signal)
    const applied = await migrateSchema(config.databaseUrl)
    log.info({ applied }, applied.length > 0 ? 'database schema migrated' : 'database schema is up to date')
    const administrator = await ensureAdministrator(database, config)
    const isKeyValid = await registerScannerKey(database, config.ingestionKey, config.ingestionKeyLabel)
    return { result: 'done', message: isKeyValid ? '' : KEY_REVOKED, administrator, schema: LATEST_MIGRATION }
  } catch (error) {
    log.error({ error }, 'set-up failed')
    return failure(error)
  } finally {
    await database.close()
  }
}

/** Creates the first administrator; if accounts exist, checks whether the password is still that of the administrator. */
async function ensureAdministrator(
  database: Database,
  { administrator: { email, password } }: SetUpConfig,
): Promise<SetUpOutcome['administrator']> {
  const store = { accounts: new AccountRepository(database), audit: new AuditRepository() }
  const choosePassword = async () => {
    if (password === undefined) throw new ConfigError(PASSWORD_MISSING)
    return password
  }
  if (await database.transaction((tx) => insertFirstAdministrator(tx, store, email, choosePassword))) return 'made'
  if (password === undefined) return 'no-password'
  const account = await store.accounts.findByEmail(email)
  return (await passwordMatches(password, account?.passwordHash ?? undefined)) ? 'existed' : 'password-differs'
}

function failure(error: unknown): SetUpOutcome {
  const message = explainError(error).slice(0, MESSAGE_MAX_LENGTH)
  if (error instanceof SchemaNewerError) return { result: 'schema-newer', message, administrator: 'unknown', schema: error.schema }
  return { result: isDatabaseUnavailable(error) ? 'database-unreachable' : 'failed', message, administrator: 'unknown', schema: '' }
}
