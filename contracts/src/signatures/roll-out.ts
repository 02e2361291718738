import { z } from 'zod'

export const NodeName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[a-zA-Z0-9]([-a-zA-Z0-9._]*[a-zA-Z0-9])?$/)

/** The rollout of a candidate to canary nodes first. */
export const RollOut = z.object({
  generation: z.string(),
  /** `canary`: running on its nodes for the observation period; `held`: paused until a user promotes or discards it. */
  state: z.enum(['canary', 'held']),
  nodes: z.array(NodeName).max(5000),
  startedAt: z.iso.datetime(),
  /** Reason why the rollout is held; empty otherwise. */
  reason: z.string().max(1000),
})
export type RollOut = z.infer<typeof RollOut>

/**
 * Signatures that nodes load. `linux`: those that can match on Linux; `minimal`: hashes and those with a Linux name; `custom`: selected
 * files.
 */
export const SIGNATURE_PROFILES = ['full', 'linux', 'minimal', 'custom'] as const
export type SignatureProfile = (typeof SIGNATURE_PROFILES)[number]

/** `PUT /v1/settings` of the signature server. */
export const SignatureSettings = z.object({
  canary: z
    .object({
      /** Nodes that receive a new generation first. */
      nodes: z.array(NodeName).max(200).default([]),
      /** Percentage of all nodes to use as additional canary nodes, rounded down; may result in none. */
      percent: z.number().int().min(0).max(100).default(10),
      /** Observation period before the candidate is promoted. */
      soakMinutes: z.number().min(0.1).max(10_080).default(15),
      /** The rollout is held once new signatures have detected this number of files on canary nodes. */
      holdAfterDetections: z.number().int().min(1).max(10_000).default(3),
    })
    .prefault({}),
  /** Keeps the active generation regardless of imports. */
  pinned: z.boolean().default(false),
  profile: z.enum(SIGNATURE_PROFILES).default('full'),
  /** With profile `custom`: the names of the databases that nodes load, such as "daily.cvd". */
  profileFiles: z.array(z.string().min(1).max(127)).max(200).default([]),
})
export type SignatureSettings = z.infer<typeof SignatureSettings>
