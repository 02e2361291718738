import type { MigrationInterface, QueryRunner } from 'typeorm'

/** A step of the database's history: plain SQL, forward only. The runner puts each step into a transaction of its own. */
export abstract class SqlMigration implements MigrationInterface {
  protected abstract readonly sql: string

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.sql)
  }

  /** Going back would lose data; a restored backup is the way back. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward: restore a backup to return to an older schema')
  }
}
