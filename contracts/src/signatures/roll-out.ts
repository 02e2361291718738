import { z } from 'zod'

export const NodeName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[a-zA-Z0-9]([-a-zA-Z0-9._]*[a-zA-Z0-9])?$/)

/** A generation that some nodes have and the others are to get. */
export const RollOut = z.object({
  generation: z.string(),
  /** `canary`: its nodes are watched; `held`: it goes no further until a person says so. */
  state: z.enum(['canary', 'held']),
  nodes: z.array(NodeName).max(5000),
  startedAt: z.iso.datetime(),
  /** Why it is held; empty while it is not. */
  reason: z.string().max(1000),
})
export type RollOut = z.infer<typeof RollOut>

/** Which signatures nodes load. `linux`: what can match on Linux nodes; `minimal`: hashes and what is named for Linux; `custom`: chosen files. */
export const SIGNATURE_PROFILES = ['full', 'linux', 'minimal', 'custom'] as const
export type SignatureProfile = (typeof SIGNATURE_PROFILES)[number]

/** `PUT /v1/settings` of the signature server. */
export const SignatureSettings = z.object({
  canary: z
    .object({
      /** Nodes that get a new generation first. */
      nodes: z.array(NodeName).max(200).default([]),
      /** Share of all nodes that are added to them, rounded down: with few nodes none. */
      percent: z.number().int().min(0).max(100).default(10),
      /** How long they are watched before the others follow. */
      soakMinutes: z.number().min(0.1).max(10_080).default(15),
      /** So many files detected there by signatures that had found nothing before hold the roll-out. */
      holdAfterDetections: z.number().int().min(1).max(10_000).default(3),
    })
    .prefault({}),
  /** Keeps the live generation whatever is imported. */
  pinned: z.boolean().default(false),
  profile: z.enum(SIGNATURE_PROFILES).default('full'),
  /** With profile `custom`: the names of the databases that nodes load, such as "daily.cvd". */
  profileFiles: z.array(z.string().min(1).max(127)).max(200).default([]),
})
export type SignatureSettings = z.infer<typeof SignatureSettings>
