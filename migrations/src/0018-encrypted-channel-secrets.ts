import { SqlMigration } from './sql-migration.js'

/**
 * Secrets of notification channels are encrypted from this version on, by the worker, because a migration does not have the key. The
 * migration keeps earlier versions from starting: they would send the encrypted text.
 */
export class EncryptedChannelSecrets1795000000018 extends SqlMigration {
  protected override readonly sql = `
COMMENT ON TABLE notification_channels IS 'Destinations of alerts. Values of secrets are encrypted with the key of ENCRYPTION_KEY_FILE; channel, receiver and field are authenticated.';
`
}
