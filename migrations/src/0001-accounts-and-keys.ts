import { SqlMigration } from './sql-migration.js'

/** Accounts, sessions, API keys, audit log and scan configuration. */
export class AccountsAndKeys1795000000001 extends SqlMigration {
  protected override readonly sql = `
CREATE TABLE accounts (
  account_id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email               text NOT NULL,
  display_name        text NOT NULL DEFAULT '',
  -- bcrypt
  password_hash       text NOT NULL,
  role                text NOT NULL CHECK (role IN ('administrator', 'viewer')),
  created_at          timestamptz NOT NULL DEFAULT now(),
  password_changed_at timestamptz NOT NULL DEFAULT now(),
  disabled_at         timestamptz
);
CREATE UNIQUE INDEX accounts_email ON accounts (lower(email));

CREATE TABLE sessions (
  -- SHA-256 of the token in the cookie, so that read access to this table does not allow impersonation.
  token_hash   bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  account_id   uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- One row per email address with failed logins, whether an account exists or not.
CREATE TABLE login_attempts (
  -- lower case
  email           text PRIMARY KEY,
  failures        integer NOT NULL DEFAULT 0,
  first_failed_at timestamptz NOT NULL DEFAULT now(),
  last_failed_at  timestamptz NOT NULL DEFAULT now(),
  blocked_until   timestamptz
);
CREATE INDEX login_attempts_age ON login_attempts (last_failed_at);

CREATE TABLE api_keys (
  api_key_id   uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  label        text NOT NULL,
  -- Visible part of the key.
  prefix       text NOT NULL UNIQUE,
  -- SHA-256 is sufficient for a random secret of 256 bits; a slow hash is not needed.
  secret_hash  bytea NOT NULL UNIQUE CHECK (octet_length(secret_hash) = 32),
  scopes       text[] NOT NULL CHECK (cardinality(scopes) > 0),
  created_at   timestamptz NOT NULL DEFAULT now(),
  created_by   text NOT NULL,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  revoked_by   text
);

CREATE TABLE audit_log (
  audit_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL DEFAULT now(),
  actor_kind text NOT NULL CHECK (actor_kind IN ('account', 'api_key', 'system')),
  -- Account or key id; empty for the system.
  actor_id   text NOT NULL DEFAULT '',
  -- Name at that time: the account or key may have been deleted since.
  actor_name text NOT NULL,
  action     text NOT NULL,
  target     text NOT NULL DEFAULT '',
  details    jsonb NOT NULL DEFAULT '{}',
  client_ip  text NOT NULL DEFAULT '',
  request_id text NOT NULL DEFAULT ''
);
CREATE INDEX audit_log_at ON audit_log (at);

-- Configuration of the scanners. Without a row, the defaults of the contracts apply.
CREATE TABLE scan_config (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  config     jsonb NOT NULL,
  version    integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL
);
`
}
