import { SqlMigration } from './sql-migration.js'

/** Describes the tables in the database itself; `docs/reference/data-model.md` is generated from these comments. */
export class TableComments1795000000014 extends SqlMigration {
  protected override readonly sql = `
COMMENT ON TABLE accounts IS 'Accounts of the console. Passwords are bcrypt hashes.';
COMMENT ON TABLE sessions IS 'Sessions of logged-in users, by the SHA-256 of the cookie''s token.';
COMMENT ON TABLE login_attempts IS 'Failed logins per email address, for throttling; the address may be unknown.';
COMMENT ON TABLE api_keys IS 'API keys with their scopes, by the SHA-256 of the secret.';
COMMENT ON TABLE audit_log IS 'Who changed what and when. Names are copied, because accounts and keys may be deleted later.';
COMMENT ON TABLE scan_config IS 'The scan configuration of all nodes. Without a row the defaults of the contracts apply.';
COMMENT ON TABLE clusters IS 'Clusters that have reported results.';
COMMENT ON TABLE nodes IS 'Nodes and the state of their scanners. Times named "seen" are from the backend''s clock, observed_at is from the node''s.';
COMMENT ON TABLE pods IS 'The latest known state of each pod, with its containers.';
COMMENT ON TABLE scan_results IS 'One scan of one container, with its counts. Partitioned by day through the UUIDv7 of the result.';
COMMENT ON TABLE findings IS 'Detected files and processes. Pod, node and image are repeated in each finding, so that lists need no join.';
COMMENT ON TABLE coverage IS 'What was not scanned: one row per container, reason and path, updated when it is reported again.';
COMMENT ON TABLE gaps IS 'Results that nodes dropped because their spool was full, with counts.';
COMMENT ON TABLE pod_logs IS 'Pod inventory history: one row for each time that a pod appeared, changed or was deleted.';
COMMENT ON TABLE signature_staleness IS 'Thresholds in hours for outdated signatures. Without a row the defaults of the contracts apply.';
COMMENT ON TABLE signature_canaries IS 'When each canary node first reported the candidate of the current rollout as loaded.';
COMMENT ON TABLE signature_checks IS 'Number of the last check of the signature server, and the lease of a decision that is being sent; one row.';
COMMENT ON TABLE signature_alerts IS 'Problems with signatures that need attention; open while cleared_at is NULL.';
COMMENT ON TABLE sighting_containers IS 'Containers in which contents were seen; referenced by file_sightings.';
COMMENT ON TABLE file_sightings IS 'Each content seen in a container and path, with its hashes and the generation that last reported it clean.';
COMMENT ON TABLE hunted_hashes IS 'SHA-256 hashes of custom signatures that are matched against sightings.';
COMMENT ON TABLE hunted_md5s IS 'MD5 hashes of custom signatures that are matched against sightings.';
COMMENT ON TABLE hash_matches IS 'Sightings that became a finding, once per signature name.';
COMMENT ON TABLE notification_channels IS 'Destinations of alerts. Secrets are stored as they must be sent; only the sender reads them.';
COMMENT ON TABLE notification_deliveries IS 'One message to one channel, written in the transaction that raises or clears the alert.';
COMMENT ON TABLE rule_trials IS 'Trials of YARA rules; one runs at a time, the newest 20 are kept.';
COMMENT ON TABLE rule_trial_nodes IS 'Progress and hits of a rule trial on each node.';
`
}
