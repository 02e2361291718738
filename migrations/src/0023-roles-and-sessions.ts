import { SqlMigration } from './sql-migration.js'

/** Roles analyst and signature manager. */
export class RolesAndSessions1795000000023 extends SqlMigration {
  protected override readonly sql = `
ALTER TABLE accounts
  DROP CONSTRAINT accounts_role_check,
  ADD CONSTRAINT accounts_role_check CHECK (role IN ('viewer', 'analyst', 'signature_manager', 'administrator'));
`
}
