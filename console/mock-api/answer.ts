import { API_ERROR_CODES, type ApiErrorCode, PROBLEM_MEDIA_TYPE } from '@guardimesh/contracts'
import type { z } from 'zod'

/** Builds a response and validates it, so that a fixture that violates the contract fails. */
export function answer<Schema extends z.ZodType>(schema: Schema, data: z.input<Schema>, headers: Record<string, string> = {}): Response {
  return Response.json(schema.parse(data), { headers })
}

export const noContent = (headers: Record<string, string> = {}) => new Response(null, { status: 204, headers })

/** Builds a problem document like the backend. */
export function problem(code: ApiErrorCode, detail: string): Response {
  const status = API_ERROR_CODES[code].http
  const body = {
    type: `urn:guardimesh:error:${code}`,
    title: titleOf(code),
    status,
    code,
    detail,
    requestId: crypto.randomUUID(),
  }
  return Response.json(body, { status, headers: { 'content-type': PROBLEM_MEDIA_TYPE } })
}

/** Converts "LOGIN_FAILED" to "Login failed", like the backend. */
function titleOf(code: ApiErrorCode): string {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
