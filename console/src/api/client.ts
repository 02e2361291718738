import { Problem } from '@guardimesh/contracts'
import type { z } from 'zod'
import { ApiError, ApiUnavailable } from './errors.js'

/** Longer than the backend's own query timeout. */
const REQUEST_TIMEOUT_MS = 30_000

interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  query?: Readonly<Record<string, string | undefined>>
  body?: unknown
  headers?: Readonly<Record<string, string>>
  signal?: AbortSignal
  /** Overrides the default timeout for slow requests. */
  timeoutMs?: number
}

/**
 * Sends a request to the backend and validates the response.
 *
 * @param path  starts with `/`; same origin, so the browser sends the session cookie.
 * @returns the response body, reduced to `schema`.
 * @throws ApiError for a problem document; ApiUnavailable if there is no response or it violates the contract; AbortError if aborted.
 */
export async function callApi<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  options: CallOptions = {},
): Promise<z.output<Schema>> {
  const response = await send(path, options)
  const body = await readJson(response)
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw new ApiUnavailable('unexpected', parsed.error)
  return parsed.data
}

/** Like `callApi`, but ignores the response body. */
export async function commandApi(path: string, options: CallOptions): Promise<void> {
  await send(path, options)
}

async function send(path: string, options: CallOptions): Promise<Response> {
  const response = await request(path, options)
  if (response.ok) return response
  const problem = Problem.safeParse(await readJson(response))
  if (!problem.success) throw new ApiUnavailable(response.status >= 502 ? 'unreachable' : 'unexpected', problem.error)
  throw new ApiError(problem.data)
}

async function request(path: string, options: CallOptions): Promise<Response> {
  const { method = 'GET', query = {}, body, headers = {}, signal, timeoutMs = REQUEST_TIMEOUT_MS } = options
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
    throw new ApiUnavailable('unreachable', error)
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    throw new ApiUnavailable(response.status >= 502 ? 'unreachable' : 'unexpected', error)
  }
}

/** Appends the parameters that have a value to `path`. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}
