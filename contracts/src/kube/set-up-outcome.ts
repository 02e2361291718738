import { z } from 'zod'

/** Outcome of the set-up Job, stored in its termination message. */
export const SetUpOutcome = z.object({
  result: z.enum(['done', 'schema-newer', 'database-unreachable', 'failed']),
  /** Error message with a remedy; empty on success. */
  message: z.string().max(2000),
  /** `existed`: accounts already existed, so the password in the Secret may be outdated. */
  administrator: z.enum(['made', 'existed', 'unknown']),
  /** Newest applied migration. */
  schema: z.string(),
})
export type SetUpOutcome = z.infer<typeof SetUpOutcome>
