import { SqlMigration } from './sql-migration.js'

/** Devices with earlier logins, which failures of strangers do not delay; expiry of API keys. */
export class KnownDevices1795000000025 extends SqlMigration {
  protected override readonly sql = `
CREATE TABLE known_devices (
  account_id   uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  device_hash  bytea NOT NULL CHECK (octet_length(device_hash) = 32),
  network      text NOT NULL,
  last_used_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, device_hash)
);
CREATE INDEX known_devices_age ON known_devices (last_used_at);

ALTER TABLE api_keys ADD COLUMN expires_at timestamptz;

COMMENT ON TABLE known_devices IS 'Browsers and networks from which a user has logged in. The throttle of logins does not mix their attempts with those of others.';
COMMENT ON COLUMN known_devices.account_id IS 'User who logged in.';
COMMENT ON COLUMN known_devices.device_hash IS 'SHA-256 of the token in the device cookie.';
COMMENT ON COLUMN known_devices.network IS 'IPv4 address, or /64 network of the IPv6 address, of the last login.';
COMMENT ON COLUMN known_devices.last_used_at IS 'Last login.';
COMMENT ON COLUMN api_keys.expires_at IS 'The key is rejected from then on. NULL: it does not expire.';
`
}
