import type { ListPreferences, SavedView, SaveView, ViewedList } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'

export interface StoredView extends Omit<SavedView, 'canChange'> {
  readonly authorId: string
}

const COLUMNS = `view_id AS "viewId", v.author_id AS "authorId", a.email AS author, name, is_shared AS "isShared", address,
  hidden_columns AS "hiddenColumns", density`

/** SQL of saved views and preferences of lists. */
@Injectable()
export class SavedViewRepository {
  /** Returns the views of an account and the shared ones. */
  listFor(database: Queryable, list: ViewedList, accountId: string): Promise<StoredView[]> {
    return database.query<StoredView>(
      `SELECT ${COLUMNS} FROM saved_views AS v JOIN accounts AS a ON a.account_id = v.author_id
       WHERE list = $1 AND (is_shared OR author_id = $2) ORDER BY lower(name), view_id LIMIT 1000`,
      [list, accountId],
    )
  }

  /** Locks a view and returns it; undefined if it does not exist. */
  async lock(tx: Queryable, list: ViewedList, viewId: string): Promise<StoredView | undefined> {
    const rows = await tx.query<StoredView>(
      `SELECT ${COLUMNS} FROM saved_views AS v JOIN accounts AS a ON a.account_id = v.author_id WHERE list = $1 AND view_id = $2 FOR UPDATE OF v`,
      [list, viewId],
    )
    return rows[0]
  }

  /** Counts the views of an account; locks the account, so that concurrent requests are counted. */
  async lockAndCount(tx: Queryable, accountId: string): Promise<number> {
    await tx.query('SELECT FROM accounts WHERE account_id = $1 FOR NO KEY UPDATE', [accountId])
    const rows = await tx.query<{ count: number }>('SELECT count(*) AS count FROM saved_views WHERE author_id = $1', [accountId])
    return rows[0]?.count ?? 0
  }

  /** Inserts a view and returns its id. */
  async insert(tx: Queryable, list: ViewedList, accountId: string, view: SaveView): Promise<string> {
    const rows = await tx.query<{ viewId: string }>(
      `INSERT INTO saved_views (list, author_id, name, is_shared, address, hidden_columns, density) VALUES ($1, $2, $3, $4, $5, $6, $7)
       RETURNING view_id AS "viewId"`,
      [list, accountId, view.name, view.isShared, view.address, view.hiddenColumns, view.density],
    )
    return rows[0]?.viewId ?? ''
  }

  async update(tx: Queryable, viewId: string, view: SaveView): Promise<void> {
    await tx.execute(
      `UPDATE saved_views SET name = $2, is_shared = $3, address = $4, hidden_columns = $5, density = $6, updated_at = now() WHERE view_id = $1`,
      [viewId, view.name, view.isShared, view.address, view.hiddenColumns, view.density],
    )
  }

  async delete(tx: Queryable, viewId: string): Promise<void> {
    await tx.execute('DELETE FROM saved_views WHERE view_id = $1', [viewId])
  }

  /** Returns undefined if the account has not changed the display of the list. */
  async preferences(database: Queryable, list: ViewedList, accountId: string): Promise<ListPreferences | undefined> {
    const rows = await database.query<ListPreferences>(
      `SELECT hidden_columns AS "hiddenColumns", density, default_view_id AS "defaultViewId" FROM list_preferences
       WHERE account_id = $1 AND list = $2`,
      [accountId, list],
    )
    return rows[0]
  }

  async writePreferences(tx: Queryable, list: ViewedList, accountId: string, preferences: ListPreferences): Promise<void> {
    await tx.execute(
      `INSERT INTO list_preferences (account_id, list, hidden_columns, density, default_view_id) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (account_id, list) DO UPDATE
         SET hidden_columns = excluded.hidden_columns, density = excluded.density, default_view_id = excluded.default_view_id`,
      [accountId, list, preferences.hiddenColumns, preferences.density, preferences.defaultViewId],
    )
  }
}
