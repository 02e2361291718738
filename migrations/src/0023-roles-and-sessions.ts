import { SqlMigration } from './sql-migration.js'

/** Roles analyst and signature manager; invitations; facts about sessions. */
export class RolesAndSessions1795000000023 extends SqlMigration {
  protected override readonly sql = `
ALTER TABLE accounts
  DROP CONSTRAINT accounts_role_check,
  ADD CONSTRAINT accounts_role_check CHECK (role IN ('viewer', 'analyst', 'signature_manager', 'administrator')),
  ALTER COLUMN password_hash DROP NOT NULL,
  ADD COLUMN last_log_in_at timestamptz;

ALTER TABLE sessions
  ADD COLUMN session_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  ADD COLUMN client_ip  text NOT NULL DEFAULT '',
  ADD COLUMN user_agent text NOT NULL DEFAULT '';

CREATE TABLE account_invitations (
  account_id uuid PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  expires_at timestamptz NOT NULL
);

COMMENT ON COLUMN accounts.password_hash IS 'bcrypt; NULL until the user accepts the invitation.';
COMMENT ON COLUMN accounts.last_log_in_at IS 'Start of the last session.';
COMMENT ON COLUMN sessions.session_id IS 'Names the session in the API, which never returns the hash.';
COMMENT ON COLUMN sessions.client_ip IS 'Address of the last use.';
COMMENT ON COLUMN sessions.user_agent IS 'Header of the login, shortened.';
COMMENT ON TABLE account_invitations IS 'Links with which users set a password once. One for each account; a new link replaces it.';
COMMENT ON COLUMN account_invitations.account_id IS 'User who sets the password.';
COMMENT ON COLUMN account_invitations.token_hash IS 'SHA-256 of the token in the link.';
COMMENT ON COLUMN account_invitations.created_at IS 'When the link was created.';
COMMENT ON COLUMN account_invitations.created_by IS 'E-mail address of the administrator.';
COMMENT ON COLUMN account_invitations.expires_at IS 'The link is invalid from then on.';
`
}
