import { z } from 'zod'

/** Problem document (RFC 9457). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string().describe('Error code; see errors.md'),
  detail: z.string().describe('What failed, why, and what to do'),
  requestId: z.string().optional().describe('Also in the header x-request-id and in the log'),
})
export type Problem = z.infer<typeof Problem>
export const PROBLEM_MEDIA_TYPE = 'application/problem+json'
export const PROTOBUF_MEDIA_TYPE = 'application/x-protobuf'
