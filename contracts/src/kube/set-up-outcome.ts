import { z } from 'zod'

/** Outcome of the set-up Job, in its termination message. */
export const SetUpOutcome = z.object({
  result: z.enum(['done', 'schema-newer', 'database-unreachable', 'failed']),
  /** What failed and what to do; empty on success. */
  message: z.string().max(2000),
  /** `existed`: accounts existed already, so the password in the Secret may not be the current one. */
  administrator: z.enum(['made', 'existed', 'unknown']),
  /** Newest applied migration. */
  schema: z.string(),
})
export type SetUpOutcome = z.infer<typeof SetUpOutcome>
