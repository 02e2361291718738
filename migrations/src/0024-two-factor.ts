import { SqlMigration } from './sql-migration.js'

/** Time-based one-time passwords and recovery codes. */
export class TwoFactor1795000000024 extends SqlMigration {
  protected override readonly sql = `
ALTER TABLE accounts
  ADD COLUMN totp_secret     text,
  ADD COLUMN totp_enabled_at timestamptz,
  ADD COLUMN totp_last_step  bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT accounts_totp CHECK (totp_enabled_at IS NULL OR totp_secret IS NOT NULL);

CREATE TABLE account_recovery_codes (
  account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  code_hash  bytea NOT NULL CHECK (octet_length(code_hash) = 32),
  PRIMARY KEY (account_id, code_hash)
);

CREATE TABLE login_challenges (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  attempts   integer NOT NULL DEFAULT 0,
  expires_at timestamptz NOT NULL
);
CREATE INDEX login_challenges_account ON login_challenges (account_id);
CREATE INDEX login_challenges_expiry ON login_challenges (expires_at);

COMMENT ON COLUMN accounts.totp_secret IS 'Base32 secret, encrypted with the key of ENCRYPTION_KEY_FILE; the account is authenticated.';
COMMENT ON COLUMN accounts.totp_enabled_at IS 'NULL until the user has confirmed the secret with a code.';
COMMENT ON COLUMN accounts.totp_last_step IS 'Time step of the last accepted code; codes of this step and earlier ones are rejected.';
COMMENT ON TABLE account_recovery_codes IS 'Unused recovery codes. A code is deleted when it is used.';
COMMENT ON COLUMN account_recovery_codes.account_id IS 'Account that the code logs in to.';
COMMENT ON COLUMN account_recovery_codes.code_hash IS 'SHA-256 of the code, which has 80 random bits.';
COMMENT ON TABLE login_challenges IS 'Logins with a correct password that wait for the code.';
COMMENT ON COLUMN login_challenges.token_hash IS 'SHA-256 of the token in the login cookie.';
COMMENT ON COLUMN login_challenges.account_id IS 'Account of the password.';
COMMENT ON COLUMN login_challenges.attempts IS 'Codes that were tried.';
COMMENT ON COLUMN login_challenges.expires_at IS 'The user must enter the password again from then on.';
`
}
