import { ERROR_CODES, type ErrorCode, PROBLEM_MEDIA_TYPE } from '@guardimesh/contracts'
import type { z } from 'zod'

/** An answer that is of its contract: a fixture that is not fails loudly here. */
export function answer<Schema extends z.ZodType>(schema: Schema, data: z.input<Schema>, headers: Record<string, string> = {}): Response {
  return Response.json(schema.parse(data), { headers })
}

export const noContent = (headers: Record<string, string> = {}) => new Response(null, { status: 204, headers })

/** A problem document as the backend makes it. */
export function problem(code: ErrorCode, detail: string): Response {
  const status = ERROR_CODES[code].http
  const body = {
    type: `urn:guardimesh:error:${code}`,
    title: TITLES[status] ?? 'Error',
    status,
    code,
    detail,
    requestId: crypto.randomUUID(),
  }
  return Response.json(body, { status, headers: { 'content-type': PROBLEM_MEDIA_TYPE } })
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  412: 'Precondition failed',
  429: 'Too many requests',
  500: 'Internal server error',
  503: 'Service unavailable',
}
