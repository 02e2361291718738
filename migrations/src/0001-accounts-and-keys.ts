import { SqlMigration } from './sql-migration.js'

/** People, their sessions, API keys, and the record of what both changed. */
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
  -- SHA-256 of the token in the cookie: who reads this table cannot become anybody.
  token_hash   bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  account_id   uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- One row an address that somebody failed to log in with, known or not.
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
  -- The part of the key that people see, and that finds the row.
  prefix       text NOT NULL UNIQUE,
  -- SHA-256 of a random secret of 256 bits, so that no slow hash is needed.
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
  -- The name at that time: accounts and keys may be gone when the log is read.
  actor_name text NOT NULL,
  action     text NOT NULL,
  target     text NOT NULL DEFAULT '',
  details    jsonb NOT NULL DEFAULT '{}',
  client_ip  text NOT NULL DEFAULT '',
  request_id text NOT NULL DEFAULT ''
);
CREATE INDEX audit_log_at ON audit_log (at);

-- What scanners do. No row means: the defaults of the contracts.
CREATE TABLE scan_config (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  config     jsonb NOT NULL,
  version    integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL
);
`
}
