import { SqlMigration } from './sql-migration.js'

/**
 * Makes the audit log append-only and chains its entries. The backend connects as the owner of the tables, so triggers refuse changes instead of
 * missing privileges; an owner could still disable the triggers, which the chain of hashes reveals.
 */
export class AuditChain1795000000027 extends SqlMigration {
  protected override readonly sql = `
SET LOCAL lock_timeout = '5s';
ALTER TABLE audit_log
  DROP CONSTRAINT audit_log_actor_kind_check,
  ADD CONSTRAINT audit_log_actor_kind_check CHECK (actor_kind IN ('account', 'api_key', 'system', 'anonymous')),
  ADD COLUMN result        text NOT NULL DEFAULT 'success' CHECK (result IN ('success', 'failure')),
  ADD COLUMN position      bigint UNIQUE,
  ADD COLUMN previous_hash bytea CHECK (octet_length(previous_hash) = 32),
  ADD COLUMN hash          bytea CHECK (octet_length(hash) = 32);

COMMENT ON TABLE audit_log IS 'Changes, logins, failures and exports, with their authors. Append-only; each entry contains the hash of the previous one.';
COMMENT ON COLUMN audit_log.result IS 'failure: the action was refused or failed.';
COMMENT ON COLUMN audit_log.position IS 'Number of the entry, from 1, in the order of commits. NULL until the transaction commits.';
COMMENT ON COLUMN audit_log.previous_hash IS 'Hash of the previous entry; zeros for the first one.';
COMMENT ON COLUMN audit_log.hash IS 'SHA-256 of previous_hash and the UTF-8 text of audit_content.';

-- Everything that the hash of an entry covers: a JSON array in the text form of jsonb.
CREATE FUNCTION audit_content(entry audit_log) RETURNS text
  LANGUAGE sql STABLE
  RETURN jsonb_build_array(
    entry.position, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), entry.actor_kind, entry.actor_id, entry.actor_name,
    entry.action, entry.target, entry.result, entry.details, entry.client_ip, entry.request_id)::text;

-- Gives an entry its position and hash. Runs when the transaction commits, so that concurrent transactions wait for each other only then, and
-- never while they wait for the locks of other rows.
CREATE FUNCTION chain_audit_entry() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  last_entry audit_log;
  entry audit_log;
BEGIN
  PERFORM pg_advisory_xact_lock(7216530427);
  SELECT * INTO last_entry FROM audit_log WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1;
  SELECT * INTO entry FROM audit_log WHERE audit_id = NEW.audit_id;
  IF NOT FOUND THEN RETURN NULL; END IF;
  entry.position := coalesce(last_entry.position, 0) + 1;
  entry.previous_hash := coalesce(last_entry.hash, decode(repeat('00', 32), 'hex'));
  entry.hash := sha256(entry.previous_hash || convert_to(audit_content(entry), 'UTF8'));
  UPDATE audit_log SET position = entry.position, previous_hash = entry.previous_hash, hash = entry.hash WHERE audit_id = entry.audit_id;
  RETURN NULL;
END $$;

-- Time and chain of an entry are not those of the client.
CREATE FUNCTION prepare_audit_entry() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  NEW.at := now();
  NEW.position := NULL;
  NEW.previous_hash := NULL;
  NEW.hash := NULL;
  RETURN NEW;
END $$;

CREATE FUNCTION refuse_audit_change() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.position IS NULL
      AND to_jsonb(NEW) - '{position,previous_hash,hash}'::text[] = to_jsonb(OLD) - '{position,previous_hash,hash}'::text[] THEN
    RETURN NEW;
  ELSIF TG_OP = 'DELETE' AND current_setting('guardimesh.audit_retention', true) = 'on' AND OLD.at < now() - interval '90 days' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege',
    HINT = 'prune_audit_log deletes entries older than a period of at least 90 days.';
END $$;

-- Deletes the entries older than a period and records that. The only way to delete entries; nothing calls it automatically.
CREATE FUNCTION prune_audit_log(keep interval) RETURNS bigint
  LANGUAGE plpgsql AS $$
DECLARE
  last_deleted audit_log;
  deleted bigint;
BEGIN
  IF now() - keep > now() - interval '90 days' THEN
    RAISE EXCEPTION 'the audit log is kept for at least 90 days' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT * INTO last_deleted FROM audit_log WHERE at < now() - keep AND position < (SELECT min(position) FROM audit_log WHERE at >= now() - keep)
    ORDER BY position DESC LIMIT 1;
  IF NOT FOUND THEN RETURN 0; END IF;
  PERFORM set_config('guardimesh.audit_retention', 'on', true);
  DELETE FROM audit_log WHERE position <= last_deleted.position;
  GET DIAGNOSTICS deleted = ROW_COUNT;
  PERFORM set_config('guardimesh.audit_retention', 'off', true);
  INSERT INTO audit_log (actor_kind, actor_name, action, target, details) VALUES ('system', 'guardimesh', 'audit-log.prune', 'audit-log',
    jsonb_build_object('deleted', deleted, 'lastPosition', last_deleted.position, 'lastHash', encode(last_deleted.hash, 'hex')));
  RETURN deleted;
END $$;

-- Entries of earlier versions, in the order in which they were written.
DO $$
DECLARE
  entry audit_log;
  last_hash bytea := decode(repeat('00', 32), 'hex');
  last_position bigint := 0;
BEGIN
  FOR entry IN SELECT * FROM audit_log ORDER BY audit_id LOOP
    last_position := last_position + 1;
    entry.position := last_position;
    entry.previous_hash := last_hash;
    last_hash := sha256(last_hash || convert_to(audit_content(entry), 'UTF8'));
    UPDATE audit_log SET position = last_position, previous_hash = entry.previous_hash, hash = last_hash WHERE audit_id = entry.audit_id;
  END LOOP;
END $$;

CREATE TRIGGER audit_log_prepare BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION prepare_audit_entry();
CREATE CONSTRAINT TRIGGER audit_log_chain AFTER INSERT ON audit_log
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION chain_audit_entry();
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
`
}
