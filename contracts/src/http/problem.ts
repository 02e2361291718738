import { z } from 'zod'

/** RFC 9457 problem document; `code` is of the closed list in errors/api-codes.ts. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  /** What went wrong and what to do about it, one or two sentences. */
  detail: z.string(),
  requestId: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>
export const PROBLEM_MEDIA_TYPE = 'application/problem+json'
export const PROTOBUF_MEDIA_TYPE = 'application/x-protobuf'
