import { Problem } from '@guardimesh/contracts'
import type { z } from 'zod'
import { ApiError, ApiUnusable } from './errors.js'

/** An answer that did not come in this time will not come. The backend's own limit for a query is shorter. */
const ANSWER_TIMEOUT_MS = 30_000

interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  query?: Readonly<Record<string, string | undefined>>
  body?: unknown
  headers?: Readonly<Record<string, string>>
  signal?: AbortSignal
  /** For what is known to take longer than others. */
  timeoutMs?: number
}

/**
 * Asks the backend and checks the answer.
 *
 * @param path  begins with `/`; same origin, so the session cookie goes along.
 * @returns the answer's body as `schema` describes it.
 * @throws ApiError for a problem document, ApiUnusable when there is no answer or one that breaks the contract; AbortError as is.
 */
export async function callApi<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  options: CallOptions = {},
): Promise<z.output<Schema>> {
  const response = await send(path, options)
  const body = await readJson(response)
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw new ApiUnusable('unexpected', parsed.error)
  return parsed.data
}

/** As `callApi`, for requests that answer without a body that matters. */
export async function commandApi(path: string, options: CallOptions): Promise<void> {
  await send(path, options)
}

async function send(path: string, options: CallOptions): Promise<Response> {
  const response = await request(path, options)
  if (response.ok) return response
  const problem = Problem.safeParse(await readJson(response))
  if (!problem.success) throw new ApiUnusable(response.status >= 502 ? 'unreachable' : 'unexpected', problem.error)
  throw new ApiError(problem.data)
}

async function request(path: string, options: CallOptions): Promise<Response> {
  const { method = 'GET', query = {}, body, headers = {}, signal, timeoutMs = ANSWER_TIMEOUT_MS } = options
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    return await fetch(withQuery(path, query), {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiUnusable('unreachable', error)
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    throw new ApiUnusable(response.status >= 502 ? 'unreachable' : 'unexpected', error)
  }
}

/** `path` with the parameters that have a value. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}
