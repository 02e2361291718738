import { RULE_TRIAL_LIMITS, type RuleTrialGolden, type RuleTrialState } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../platform/database/advisory-locks.js'
import { boundedSum } from '../../platform/database/bounded-sum.js'
import type { Queryable } from '../../platform/database/database.js'

/** A trial as it is made. */
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

/** A trial with what its nodes said in sum. */
export interface RuleTrialRow {
  readonly trialId: string
  readonly name: string
  readonly sha256: string
  readonly sizeBytes: number
  /** As it was written, perhaps by another version: parse it. */
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

/** Who has not reported for a few minutes is not waited for. Source: SILENT_AFTER_MS of the inventory. */
const EXPECTED_WITHIN = `interval '3 minutes'`

/** A trial whose hour has passed is over, whether somebody has written that down or not. */
const COLUMNS = `trial_id AS "trialId", name, encode(sha256, 'hex') AS sha256, size_bytes AS "sizeBytes", golden,
  CASE WHEN state = 'running' AND expires_at <= now() THEN 'expired' ELSE state END AS state, created_by AS "createdBy",
  created_at AS "createdAt", expires_at AS "expiresAt",
  CASE WHEN state = 'running' AND expires_at <= now() THEN expires_at ELSE ended_at END AS "endedAt",
  nodes.expected, nodes.answered, nodes.failed, nodes.hits AS "hitCount", nodes.files AS "filesScanned", nodes.bytes AS "bytesScanned"`
const WITH_NODES = `rule_trials AS trial CROSS JOIN LATERAL (
  SELECT count(*) AS expected, count(*) FILTER (WHERE state = 'done') AS answered, count(*) FILTER (WHERE state = 'failed') AS failed,
    ${boundedSum('hit_count')} AS hits, ${boundedSum('files_scanned')} AS files, ${boundedSum('bytes_scanned')} AS bytes
  FROM rule_trial_nodes WHERE rule_trial_nodes.trial_id = trial.trial_id) AS nodes`

/** SQL of rule trials themselves. */
@Injectable()
export class RuleTrialRepository {
  /** Makes this the trial that nodes look for, ends the one before, and forgets those that nobody can see any more. */
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

  /** @returns the trial when it was running; undefined when it was over, or never was. */
  async end(tx: Queryable, trialId: string, state: 'ended' | 'done'): Promise<Pick<NewRuleTrial, 'sha256' | 'sizeBytes'> | undefined> {
    const rows = await tx.query<Pick<NewRuleTrial, 'sha256' | 'sizeBytes'>>(
      `UPDATE rule_trials SET state = $2, ended_at = now() WHERE trial_id = $1 AND state = 'running' AND expires_at > now()
       RETURNING encode(sha256, 'hex') AS sha256, size_bytes AS "sizeBytes"`,
      [trialId, state],
    )
    return rows[0]
  }

  /** What nodes shall try now. */
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

  /** Newest first. */
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
