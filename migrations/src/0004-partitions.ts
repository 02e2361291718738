import { SqlMigration } from './sql-migration.js'

/**
 * Functions that create and drop daily partitions. They may run at any time and concurrently. They wait for locks at most five seconds, so that
 * ingest does not queue behind them during a long query; callers retry.
 */
export class Partitions1795000000004 extends SqlMigration {
  protected override readonly sql = `
-- Lowest UUIDv7 of a time: "finding_id >= uuid_at(moment)" means "created at or after that time" and allows partition pruning.
CREATE FUNCTION uuid_at(moment timestamptz) RETURNS uuid
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid;

-- Tables partitioned by day, with their UUIDv7 column. lock_order is the order in which ingest writes them.
CREATE VIEW daily_tables AS
  SELECT * FROM (VALUES (1, 'scan_results', 'result_id'), (2, 'findings', 'finding_id'), (3, 'pod_logs', 'pod_log_id'))
    AS t (lock_order, table_name, id_column);

-- Creates the partition of one day (UTC) and moves rows of that day from the default partition. Returns true if it was created.
CREATE FUNCTION ensure_partition(table_name text, id_column text, day date) RETURNS boolean
  LANGUAGE plpgsql SET lock_timeout = '5s' AS $$
DECLARE
  partition_name text := format('%s_p%s', table_name, to_char(day, 'YYYYMMDD'));
  from_id uuid := uuid_at(day::timestamp AT TIME ZONE 'UTC');
  to_id uuid := uuid_at((day + 1)::timestamp AT TIME ZONE 'UTC');
BEGIN
  IF to_regclass(partition_name) IS NOT NULL THEN
    RETURN false;
  END IF;
  -- A writer that selected the default partition would fail after the attachment narrows it; the lock makes writers wait. Readers continue.
  EXECUTE format('LOCK TABLE ONLY %I IN SHARE ROW EXCLUSIVE MODE', table_name);
  -- Created separately and attached, because PARTITION OF would block readers as well.
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition_name, table_name);
  -- The attachment acquires this lock anyway; acquired now, no rows can arrive between the move and the attachment.
  EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', table_name || '_default');
  EXECUTE format('WITH moved AS (DELETE FROM %I WHERE %I >= $1 AND %I < $2 RETURNING *) INSERT INTO %I SELECT * FROM moved',
                 table_name || '_default', id_column, id_column, partition_name) USING from_id, to_id;
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', table_name, partition_name, from_id, to_id);
  RETURN true;
END $$;

-- Creates the partitions from days_back days ago to days_ahead days from now. Returns the number of created partitions.
CREATE FUNCTION ensure_partitions(days_back integer, days_ahead integer) RETURNS integer
  LANGUAGE plpgsql AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  entry record;
  made integer := 0;
BEGIN
  -- Serialized: a concurrent call finds the partitions created.
  PERFORM pg_advisory_xact_lock(hashtext('guardimesh partitions'));
  FOR entry IN SELECT table_name, id_column, today + offset_days AS day
               FROM daily_tables, generate_series(-days_back, days_ahead) AS offset_days ORDER BY lock_order, 3 LOOP
    IF ensure_partition(entry.table_name, entry.id_column, entry.day) THEN
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;

-- Drops partitions whose days end before the moment, and deletes rows of the default partitions that were received before it.
-- Returns the number of dropped partitions.
CREATE FUNCTION drop_partitions_before(moment timestamptz) RETURNS integer
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
  FOR entry IN SELECT table_name || '_default' AS partition FROM daily_tables ORDER BY lock_order LOOP
    EXECUTE format('DELETE FROM %I WHERE received_at < $1', entry.partition) USING moment;
  END LOOP;
  RETURN dropped;
END $$;

SELECT ensure_partitions(1, 2);
`
}
