import type { MigrationInterface, QueryRunner } from 'typeorm'

/** A migration: plain SQL, forward only. The runner uses a transaction per migration. */
export abstract class SqlMigration implements MigrationInterface {
  protected abstract readonly sql: string

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.sql)
  }

  /** Always fails: reverting would lose data. Restore a backup instead. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward: restore a backup to return to an older schema')
  }
}
