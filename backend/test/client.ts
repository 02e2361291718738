import type { Problem } from '@guardimesh/contracts'
import type { TestApi, TestSession } from './harness.js'

export interface RequestOptions {
  readonly session?: TestSession
  readonly key?: string
  readonly json?: unknown
  readonly headers?: Record<string, string>
}

export interface Answer<Body> {
  readonly status: number
  readonly headers: Headers
  /** Undefined without a body. */
  readonly body: Body
  readonly text: string
}

/** Sends a request as a browser (session) or another client (key). */
export async function request<Body = Problem>(
  api: Pick<TestApi, 'url'>,
  method: string,
  path: string,
  { session, key, json, headers = {} }: RequestOptions = {},
): Promise<Answer<Body>> {
  const response = await fetch(`${api.url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(session ? { ...session } : {}),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return { status: response.status, headers: response.headers, text, body: (isJson && text !== '' ? JSON.parse(text) : undefined) as Body }
}

/** Waits until `read` returns a value. */
export async function waitFor<Value>(read: () => Promise<Value | undefined> | Value | undefined, timeoutMs = 10_000): Promise<Value> {
  const endMs = Date.now() + timeoutMs
  for (;;) {
    const found = await read()
    if (found !== undefined && found !== false) return found
    if (Date.now() > endMs) throw new Error(`timeout: no value within ${timeoutMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
