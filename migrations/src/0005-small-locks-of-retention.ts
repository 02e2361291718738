import { SqlMigration } from './sql-migration.js'

/**
 * `uuid_at` limits times to the range of a UUIDv7; before, it truncated their digits. Retention deletes rows of the default partitions
 * separately; before, `drop_partitions_before` did so while it held exclusive locks.
 */
export class SmallLocksOfRetention1795000000005 extends SqlMigration {
  protected override readonly sql = `
CREATE OR REPLACE FUNCTION uuid_at(moment timestamptz) RETURNS uuid
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  -- 48 bits of milliseconds.
  RETURN (lpad(to_hex(least(greatest((extract(epoch FROM moment) * 1000)::bigint, 0), 281474976710655)), 12, '0') || '00000000000000000000')::uuid;

-- Drops partitions whose days end before the moment and returns their number. delete_default_rows_before deletes rows of the default partitions.
CREATE OR REPLACE FUNCTION drop_partitions_before(moment timestamptz) RETURNS integer
  LANGUAGE plpgsql SET lock_timeout = '5s' AS $$
DECLARE
  entry record;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('guardimesh partitions'));
  FOR entry IN SELECT child.oid::regclass AS partition
               FROM daily_tables
               JOIN pg_inherits ON inhparent = table_name::regclass
               JOIN pg_class child ON child.oid = inhrelid
               WHERE child.relname ~ '_p[0-9]{8}$'
                 AND (to_date(right(child.relname, 8), 'YYYYMMDD') + 1)::timestamp AT TIME ZONE 'UTC' <= moment
               ORDER BY lock_order, child.relname LOOP
    EXECUTE format('DROP TABLE %s', entry.partition);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;

-- Deletes rows of the default partitions that were received before the moment, at most row_limit per table. Returns their number: repeat until 0.
CREATE FUNCTION delete_default_rows_before(moment timestamptz, row_limit integer) RETURNS integer
  LANGUAGE plpgsql AS $$
DECLARE
  entry record;
  deleted integer;
  total integer := 0;
BEGIN
  FOR entry IN SELECT table_name || '_default' AS partition FROM daily_tables ORDER BY lock_order LOOP
    EXECUTE format('DELETE FROM %1$I WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$I WHERE received_at < $1 LIMIT $2))', entry.partition)
      USING moment, row_limit;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    total := total + deleted;
  END LOOP;
  RETURN total;
END $$;
`
}
