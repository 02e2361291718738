import type { Client } from 'pg'

/** One table of the schema; partitions count as part of their table. */
export interface Table {
  readonly name: string
  readonly comment: string
  /** "RANGE (finding_id)"; empty for a table without partitions. */
  readonly partitionKey: string
  readonly columns: readonly Column[]
  /** Primary key, unique, foreign key and check constraints as SQL. */
  readonly constraints: readonly string[]
  /** Indexes that no constraint created, as SQL. */
  readonly indexes: readonly string[]
}

export interface Column {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  readonly defaultValue: string
}

const TABLES = `
SELECT c.oid::int AS oid, c.relname AS name, coalesce(obj_description(c.oid, 'pg_class'), '') AS comment,
  CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) ELSE '' END AS "partitionKey"
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL ($1)
ORDER BY c.relname`

const COLUMNS = `
SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "isRequired",
  coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS "defaultValue"
FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`

// Not-null constraints are shown with the columns.
const CONSTRAINTS = `
SELECT pg_get_constraintdef(oid) AS sql FROM pg_constraint WHERE conrelid = $1 AND contype <> 'n' ORDER BY contype DESC, conname`

const INDEXES = `
SELECT regexp_replace(pg_get_indexdef(i.indexrelid), ' ON (ONLY )?public\\.\\S+', '') AS sql
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = $1 AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid) ORDER BY c.relname`

/**
 * Reads the tables of the schema `public`, in alphabetical order.
 *
 * @param leftOut names of tables that are not described.
 */
export async function readSchema(client: Client, leftOut: readonly string[]): Promise<Table[]> {
  const { rows } = await client.query<Pick<Table, 'name' | 'comment' | 'partitionKey'> & { oid: number }>(TABLES, [leftOut])
  const tables: Table[] = []
  for (const { oid, ...table } of rows) {
    const columns = await client.query<Column>(COLUMNS, [oid])
    const constraints = await client.query<{ sql: string }>(CONSTRAINTS, [oid])
    const indexes = await client.query<{ sql: string }>(INDEXES, [oid])
    tables.push({
      ...table,
      columns: columns.rows,
      constraints: constraints.rows.map(({ sql }) => sql),
      indexes: indexes.rows.map(({ sql }) => sql),
    })
  }
  return tables
}
