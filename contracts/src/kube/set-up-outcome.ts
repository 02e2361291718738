import { z } from 'zod'

/** Outcome of the set-up Job, stored in its termination message. */
export const SetUpOutcome = z.object({
  result: z.enum(['done', 'schema-newer', 'database-unreachable', 'failed']),
  /** Error message with a remedy; empty on success. */
  message: z.string().max(2000),
  /**
   * `made`: the first account was created. Otherwise accounts existed, and the Secret had the password of the administrator (`existed`), another
   * one (`password-differs`) or none (`no-password`).
   */
  administrator: z.enum(['made', 'existed', 'password-differs', 'no-password', 'unknown']),
  /** Newest applied migration. */
  schema: z.string(),
})
export type SetUpOutcome = z.infer<typeof SetUpOutcome>
