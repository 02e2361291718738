import { z } from 'zod'

/** The last word of the set-up Job, in its termination message. */
export const SetUpOutcome = z.object({
  result: z.enum(['done', 'schema-newer', 'database-unreachable', 'failed']),
  /** What went wrong and what to do; empty when nothing did. */
  message: z.string().max(2000),
  /** `existed`: there were accounts before, so the password of the Secret is not in force. */
  administrator: z.enum(['made', 'existed', 'unknown']),
  /** Newest migration of the database. */
  schema: z.string(),
})
export type SetUpOutcome = z.infer<typeof SetUpOutcome>
