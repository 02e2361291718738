import { RULE_TRIAL_LIMITS, type RuleTrialGolden, type RuleTrialState } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../platform/database/advisory-locks.js'
import { boundedSum } from '../../platform/database/bounded-sum.js'
import type { Queryable } from '../../platform/database/database.js'

/** A new rule trial. */
export interface NewRuleTrial {
  readonly trialId: string
  readonly name: string
  readonly rules: string
  /** 64 hexadecimal digits. */
  readonly sha256: string
  readonly sizeBytes: number
  readonly golden: RuleTrialGolden
  readonly createdBy: string
}

/** A rule trial with the totals of its nodes. */
export interface RuleTrialRow {
  readonly trialId: string
  readonly name: string
  readonly sha256: string
  readonly sizeBytes: number
  /** As stored, possibly by another version: parse it. */
  readonly golden: unknown
  readonly state: RuleTrialState
  readonly createdBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly endedAt: Date | null
  readonly expected: number
  readonly answered: number
  readonly failed: number
  readonly hitCount: number
  readonly filesScanned: number
  readonly bytesScanned: number
}

/** Nodes that are silent at the start are not expected. Source: SILENT_AFTER_MS of the inventory. */
const EXPECTED_WITHIN = `interval '3 minutes'`

/** An expired trial is over, even if its stored state is still `running`. */
const COLUMNS = `trial_id AS "trialId", name, encode(sha256, 'hex') AS sha256, size_bytes AS "sizeBytes", golden,
  CASE WHEN state = 'running' AND expires_at <= now() THEN 'expired' ELSE state END AS state, created_by AS "createdBy",
  created_at AS "createdAt", expires_at AS "expiresAt",
  CASE WHEN state = 'running' AND expires_at <= now() THEN expires_at ELSE ended_at END AS "endedAt",
  nodes.expected, nodes.answered, nodes.failed, nodes.hits AS "hitCount", nodes.files AS "filesScanned", nodes.bytes AS "bytesScanned"`
const WITH_NODES = `rule_trials AS trial CROSS JOIN LATERAL (
  SELECT count(*) AS expected, count(*) FILTER (WHERE state = 'done') AS answered, count(*) FILTER (WHERE state = 'failed') AS failed,
    ${boundedSum('hit_count')} AS hits, ${boundedSum('files_scanned')} AS files, ${boundedSum('bytes_scanned')} AS bytes
  FROM rule_trial_nodes WHERE rule_trial_nodes.trial_id = trial.trial_id) AS nodes`

/** SQL of rule trials. */
@Injectable()
export class RuleTrialRepository {
  /** Starts a trial on all reporting nodes, supersedes the running one, and deletes trials beyond the listed number. */
  async start(tx: Queryable, trial: NewRuleTrial): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.startRuleTrial])
    await tx.execute(
      `UPDATE rule_trials SET ended_at = least(now(), expires_at), state = CASE WHEN expires_at <= now() THEN 'expired' ELSE 'superseded' END
       WHERE state = 'running'`,
    )
    const { trialId, name, rules, sha256, sizeBytes, golden, createdBy } = trial
    await tx.execute(
      `INSERT INTO rule_trials (trial_id, name, rules, sha256, size_bytes, golden, created_by, state, created_at, expires_at)
       VALUES ($1, $2, $3, decode($4, 'hex'), $5, $6, $7, 'running', clock_timestamp(), clock_timestamp() + make_interval(secs => $8))`,
      [trialId, name, rules, sha256, sizeBytes, JSON.stringify(golden), createdBy, RULE_TRIAL_LIMITS.trialMs / 1000],
    )
    await tx.execute(
      `INSERT INTO rule_trial_nodes (trial_id, cluster_id, node_name, state)
       SELECT $1, cluster_id, node_name, 'waiting' FROM nodes WHERE last_seen_at > now() - ${EXPECTED_WITHIN} ORDER BY 2, 3`,
      [trialId],
    )
    await tx.execute(
      `DELETE FROM rule_trials WHERE trial_id NOT IN (
         SELECT trial_id FROM rule_trials ORDER BY created_at DESC, trial_id DESC LIMIT ${RULE_TRIAL_LIMITS.listed})`,
    )
  }

  /** Ends a running trial. @returns undefined if it is not running. */
  async end(tx: Queryable, trialId: string, state: 'ended' | 'done'): Promise<Pick<NewRuleTrial, 'sha256' | 'sizeBytes'> | undefined> {
    const rows = await tx.query<Pick<NewRuleTrial, 'sha256' | 'sizeBytes'>>(
      `UPDATE rule_trials SET state = $2, ended_at = now() WHERE trial_id = $1 AND state = 'running' AND expires_at > now()
       RETURNING encode(sha256, 'hex') AS sha256, size_bytes AS "sizeBytes"`,
      [trialId, state],
    )
    return rows[0]
  }

  /** Returns the running trial. */
  async active(database: Queryable): Promise<{ trialId: string; rules: string; expiresAt: Date } | undefined> {
    const rows = await database.query<{ trialId: string; rules: string; expiresAt: Date }>(
      `SELECT trial_id AS "trialId", rules, expires_at AS "expiresAt" FROM rule_trials WHERE state = 'running' AND expires_at > now()`,
    )
    return rows[0]
  }

  async activeId(database: Queryable): Promise<string | undefined> {
    const rows = await database.query<{ trialId: string }>(
      `SELECT trial_id AS "trialId" FROM rule_trials WHERE state = 'running' AND expires_at > now()`,
    )
    return rows[0]?.trialId
  }

  /** Returns trials, newest first. */
  async list(database: Queryable): Promise<RuleTrialRow[]> {
    return database.query<RuleTrialRow>(
      `SELECT ${COLUMNS} FROM ${WITH_NODES} ORDER BY created_at DESC, trial_id DESC LIMIT ${RULE_TRIAL_LIMITS.listed}`,
    )
  }

  async find(database: Queryable, trialId: string): Promise<RuleTrialRow | undefined> {
    const rows = await database.query<RuleTrialRow>(`SELECT ${COLUMNS} FROM ${WITH_NODES} WHERE trial_id = $1`, [trialId])
    return rows[0]
  }
}
