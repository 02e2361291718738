import { z } from 'zod'
import { COVERAGE_REASONS } from '../detection/coverage-reason.js'
import { INGEST_LIMITS } from '../ingest/limits.js'
import { Sha256Hex } from '../signatures/manifest.js'
import { MINUTE_MS, SECOND_MS } from '../units.js'

/** A rule trial: rules are tried on what runs in containers now, before they are put in force. No finding comes of it. */
export const RULE_TRIAL_LIMITS = {
  /** As a file of custom rules. */
  rulesChars: 256 * 1024,
  goldenHits: 100,
  /** Hits that one node lists; the others it only counts. */
  hitsPerNode: 100,
  /** Hits that the view lists. */
  hitsShown: 500,
  listed: 20,
  /** Files that one node looks at. */
  filesPerNode: 200_000,
  /** How long one node looks. */
  nodeMs: 30 * MINUTE_MS,
  /** After this long no node looks any more. */
  trialMs: 60 * MINUTE_MS,
  /** What the signature server takes at most: 20 s for compiling, 30 s for the golden set, and what is around it. */
  verificationMs: 55 * SECOND_MS,
} as const

/** Answers to nodes name the scan configuration and the trial in force in these headers, so that a node asks for another one at once. */
export const SCAN_CONFIG_HEADER = 'guardimesh-scan-config'
/** An id, or RULE_TRIAL_NONE. */
export const RULE_TRIAL_HEADER = 'guardimesh-rule-trial'
export const RULE_TRIAL_NONE = 'none'

export const RuleTrialId = z.uuid()
const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const shortText = (maxChars: number) => z.string().max(maxChars)

/** `POST /api/signatures/rule-trials`, and `POST /v1/rule-trials` of the signature server. */
export const StartRuleTrial = z.object({
  /** For people; empty for none. */
  name: z.string().trim().max(100).default(''),
  /** YARA source. */
  rules: z.string().min(1).max(RULE_TRIAL_LIMITS.rulesChars),
})
export type StartRuleTrial = z.infer<typeof StartRuleTrial>

/** What the signature server says of rules that compile: `POST /v1/rule-trials`. */
export const RuleTrialGolden = z.object({
  /** Files of the golden set. */
  files: Count,
  /** Files that a rule matches. */
  hitCount: Count,
  hits: z.array(z.object({ file: shortText(4096), rule: shortText(256) })).max(RULE_TRIAL_LIMITS.goldenHits),
  /** Why not all of them were looked at, one sentence; empty when they were. */
  problem: shortText(1000),
})
export type RuleTrialGolden = z.infer<typeof RuleTrialGolden>

/**
 * `running`: nodes look; `done`: all that were expected answered; `ended`: a person ended it; `superseded`: another one was started;
 * `expired`: an hour passed, and not all answered.
 */
export const RULE_TRIAL_STATES = ['running', 'done', 'ended', 'superseded', 'expired'] as const
export type RuleTrialState = (typeof RULE_TRIAL_STATES)[number]

/** `waiting`: it was expected and did not report yet. */
export const RULE_TRIAL_NODE_STATES = ['waiting', 'running', 'done', 'failed'] as const

/** Why a file was not looked at: as in scans; `no_program`: no kind of file that these rules are given. */
export const RULE_TRIAL_REASONS = [...COVERAGE_REASONS, 'no_program'] as const
export type RuleTrialReason = (typeof RULE_TRIAL_REASONS)[number]

const NotScannedCount = z.object({ reason: z.enum(RULE_TRIAL_REASONS), files: Count })

/** A file that the rules would have called suspicious. */
export const RuleTrialHit = z.object({
  namespace: shortText(INGEST_LIMITS.nameBytes),
  podName: shortText(INGEST_LIMITS.nameBytes),
  containerName: shortText(INGEST_LIMITS.nameBytes),
  containerId: shortText(INGEST_LIMITS.idBytes),
  image: shortText(INGEST_LIMITS.imageBytes),
  /** As the container sees it; bytes that are no text as \xNN. */
  path: shortText(4 * INGEST_LIMITS.pathBytes),
  /** "upperdir", "image", "volume:<destination>" or "memory". */
  layer: shortText(INGEST_LIMITS.pathBytes),
  /** Empty when it could not be read whole. */
  sha256: z.union([Sha256Hex, z.literal('')]),
  sizeBytes: Count,
  rule: shortText(INGEST_LIMITS.signatureNameBytes),
})
export type RuleTrialHit = z.infer<typeof RuleTrialHit>

/** `POST /api/v1/scan/rule-trials/{trialId}/reports`: how far a node is. Each report takes the place of the one before it. */
export const RuleTrialReport = z.object({
  clusterId: z.string().min(1).max(INGEST_LIMITS.clusterIdBytes),
  nodeName: z.string().min(1).max(INGEST_LIMITS.nameBytes),
  state: z.enum(['running', 'done', 'failed']),
  /** Why it failed, or why it is done although files are left; one sentence, else empty. */
  problem: shortText(1000),
  filesScanned: Count,
  bytesScanned: Count,
  notScanned: z.array(NotScannedCount).max(RULE_TRIAL_REASONS.length),
  hitCount: Count,
  hits: z.array(RuleTrialHit).max(RULE_TRIAL_LIMITS.hitsPerNode),
})
export type RuleTrialReport = z.infer<typeof RuleTrialReport>
/** Its answer: false when the trial is over, and the node shall stop. */
export const RuleTrialReceipt = z.object({ isActive: z.boolean() })
export type RuleTrialReceipt = z.infer<typeof RuleTrialReceipt>

/** `GET /api/v1/scan/rule-trial`: what nodes shall try. */
export const RuleTrialOrder = z.object({ trialId: RuleTrialId, rules: StartRuleTrial.shape.rules, expiresAt: z.iso.datetime() })
export type RuleTrialOrder = z.infer<typeof RuleTrialOrder>

/** A trial without what it found: `GET /api/signatures/rule-trials`, newest first. */
export const RuleTrialSummary = z.object({
  trialId: RuleTrialId,
  name: z.string(),
  /** Of the rules, UTF-8. */
  sha256: Sha256Hex,
  sizeBytes: Count,
  state: z.enum(RULE_TRIAL_STATES),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Null while it is running. */
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
  /** Those that a person should know of: failed, done with a problem, running, waiting; in this order, at most as many as hits. */
  openNodes: z
    .array(z.object({ clusterId: z.string(), nodeName: z.string(), state: z.enum(RULE_TRIAL_NODE_STATES), problem: z.string() }))
    .max(RULE_TRIAL_LIMITS.hitsShown),
})
export type RuleTrialView = z.infer<typeof RuleTrialView>
