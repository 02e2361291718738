import { z } from 'zod'
import { COVERAGE_REASONS } from '../detection/coverage-reason.js'
import { INGEST_LIMITS } from '../ingest/limits.js'
import { Sha256Hex } from '../signatures/manifest.js'
import { MINUTE_MS, SECOND_MS } from '../units.js'

/** Limits of a rule trial, which runs YARA rules on the files of running containers without creating findings. */
export const RULE_TRIAL_LIMITS = {
  /** Same limit as for a file of custom rules. */
  rulesChars: 256 * 1024,
  goldenHits: 100,
  /** Maximum number of hits that a node lists; additional hits are only counted. */
  hitsPerNode: 100,
  /** Maximum number of hits in a RuleTrialView. */
  hitsShown: 500,
  listed: 20,
  /** Maximum number of files that a node scans. */
  filesPerNode: 200_000,
  /** Maximum scan time of a node. */
  nodeMs: 30 * MINUTE_MS,
  /** Time after which a trial expires. */
  trialMs: 60 * MINUTE_MS,
  /** Maximum time of the signature server: 20 s for compilation, 30 s for the golden set, and overhead. */
  verificationMs: 55 * SECOND_MS,
} as const

/** Response headers that identify the current scan configuration and rule trial, so that nodes detect changes immediately. */
export const SCAN_CONFIG_HEADER = 'guardimesh-scan-config'
/** Id of the current trial, or RULE_TRIAL_NONE. */
export const RULE_TRIAL_HEADER = 'guardimesh-rule-trial'
export const RULE_TRIAL_NONE = 'none'

export const RuleTrialId = z.uuid()
const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const shortText = (maxChars: number) => z.string().max(maxChars)

/** `POST /api/signatures/rule-trials`, and `POST /v1/rule-trials` of the signature server. */
export const StartRuleTrial = z.object({
  /** Display name; may be empty. */
  name: z.string().trim().max(100).default(''),
  /** YARA source. */
  rules: z.string().min(1).max(RULE_TRIAL_LIMITS.rulesChars),
})
export type StartRuleTrial = z.infer<typeof StartRuleTrial>

/** Response to `POST /v1/rule-trials` of the signature server if the rules compile. */
export const RuleTrialGolden = z.object({
  /** Number of files in the golden set. */
  files: Count,
  /** Number of files that match a rule. */
  hitCount: Count,
  hits: z.array(z.object({ file: shortText(4096), rule: shortText(256) })).max(RULE_TRIAL_LIMITS.goldenHits),
  /** Reason why not all files were scanned; empty if they were. */
  problem: shortText(1000),
})
export type RuleTrialGolden = z.infer<typeof RuleTrialGolden>

/**
 * `running`: nodes are scanning; `done`: all expected nodes have reported; `ended`: a user ended the trial; `superseded`: another trial was
 * started; `expired`: the time limit was reached before all nodes had reported.
 */
export const RULE_TRIAL_STATES = ['running', 'done', 'ended', 'superseded', 'expired'] as const
export type RuleTrialState = (typeof RULE_TRIAL_STATES)[number]

/** `waiting`: the node is expected to report, but has not reported yet. */
export const RULE_TRIAL_NODE_STATES = ['waiting', 'running', 'done', 'failed'] as const

/** Reasons for not scanning a file: those of scans, and `no_program` for file types that YARA rules are not applied to. */
export const RULE_TRIAL_REASONS = [...COVERAGE_REASONS, 'no_program'] as const
export type RuleTrialReason = (typeof RULE_TRIAL_REASONS)[number]

const NotScannedCount = z.object({ reason: z.enum(RULE_TRIAL_REASONS), files: Count })

/** A file that matches a rule. */
export const RuleTrialHit = z.object({
  namespace: shortText(INGEST_LIMITS.nameBytes),
  podName: shortText(INGEST_LIMITS.nameBytes),
  containerName: shortText(INGEST_LIMITS.nameBytes),
  containerId: shortText(INGEST_LIMITS.idBytes),
  image: shortText(INGEST_LIMITS.imageBytes),
  /** Path in the container, with invalid UTF-8 bytes as \xNN. */
  path: shortText(4 * INGEST_LIMITS.pathBytes),
  /** "upperdir", "image", "volume:<destination>" or "memory". */
  layer: shortText(INGEST_LIMITS.pathBytes),
  /** Empty if the file could not be read completely. */
  sha256: z.union([Sha256Hex, z.literal('')]),
  sizeBytes: Count,
  rule: shortText(INGEST_LIMITS.signatureNameBytes),
})
export type RuleTrialHit = z.infer<typeof RuleTrialHit>

/** `POST /api/v1/scan/rule-trials/{trialId}/reports`: progress of a node. Each report replaces the previous one. */
export const RuleTrialReport = z.object({
  clusterId: z.string().min(1).max(INGEST_LIMITS.clusterIdBytes),
  nodeName: z.string().min(1).max(INGEST_LIMITS.nameBytes),
  state: z.enum(['running', 'done', 'failed']),
  /** Reason why the trial failed, or ended before all files were scanned; empty otherwise. */
  problem: shortText(1000),
  filesScanned: Count,
  bytesScanned: Count,
  notScanned: z.array(NotScannedCount).max(RULE_TRIAL_REASONS.length),
  hitCount: Count,
  hits: z.array(RuleTrialHit).max(RULE_TRIAL_LIMITS.hitsPerNode),
})
export type RuleTrialReport = z.infer<typeof RuleTrialReport>
/** Response to a report: false if the trial has ended and the node must stop. */
export const RuleTrialReceipt = z.object({ isActive: z.boolean() })
export type RuleTrialReceipt = z.infer<typeof RuleTrialReceipt>

/** `GET /api/v1/scan/rule-trial`: the rules that nodes run. */
export const RuleTrialOrder = z.object({ trialId: RuleTrialId, rules: StartRuleTrial.shape.rules, expiresAt: z.iso.datetime() })
export type RuleTrialOrder = z.infer<typeof RuleTrialOrder>

/** A trial without its hits: `GET /api/signatures/rule-trials`, newest first. */
export const RuleTrialSummary = z.object({
  trialId: RuleTrialId,
  name: z.string(),
  /** Digest of the rules in UTF-8. */
  sha256: Sha256Hex,
  sizeBytes: Count,
  state: z.enum(RULE_TRIAL_STATES),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Null while running. */
  endedAt: z.iso.datetime().nullable(),
  nodes: z.object({ expected: Count, answered: Count, failed: Count }),
  goldenHitCount: Count,
  hitCount: Count,
})
export type RuleTrialSummary = z.infer<typeof RuleTrialSummary>
export const RuleTrialList = z.object({ items: z.array(RuleTrialSummary).max(RULE_TRIAL_LIMITS.listed) })
export type RuleTrialList = z.infer<typeof RuleTrialList>

/** `GET /api/signatures/rule-trials/{trialId}`. */
export const RuleTrialView = RuleTrialSummary.extend({
  golden: RuleTrialGolden,
  filesScanned: Count,
  bytesScanned: Count,
  notScanned: z.array(NotScannedCount),
  hits: z.array(RuleTrialHit.extend({ clusterId: z.string(), nodeName: z.string() })).max(RULE_TRIAL_LIMITS.hitsShown),
  /** Nodes without a complete result, in this order: failed, done with a problem, running, waiting. Limited like hits. */
  openNodes: z
    .array(z.object({ clusterId: z.string(), nodeName: z.string(), state: z.enum(RULE_TRIAL_NODE_STATES), problem: z.string() }))
    .max(RULE_TRIAL_LIMITS.hitsShown),
})
export type RuleTrialView = z.infer<typeof RuleTrialView>
