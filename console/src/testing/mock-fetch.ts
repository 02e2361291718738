import type { Role } from '@guardimesh/contracts'
import { vi } from 'vitest'

/** A recorded request that is not a GET. */
interface RecordedRequest {
  method: string
  path: string
  body: unknown
}

/**
 * Mocks `fetch`. Keys are prefixes of the path, optionally with the method; the longest match wins. A value can be a function.
 * Unknown paths return 404.
 */
export function mockFetch(answers: Readonly<Record<string, unknown>>): { requests: RecordedRequest[] } {
  const requests: RecordedRequest[] = []
  const prefixes = Object.keys(answers).toSorted((a, b) => b.length - a.length)
  vi.mocked(globalThis.fetch).mockImplementation((url, init) => {
    const path = String(url)
    const method = init?.method ?? 'GET'
    if (method !== 'GET') requests.push({ method, path, body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined })
    const key = prefixes.find((prefix) => `${method} ${path}`.startsWith(prefix)) ?? prefixes.find((prefix) => path.startsWith(prefix))
    const answer = key === undefined ? undefined : answers[key]
    const body = typeof answer === 'function' ? answer() : answer
    if (body instanceof Response) return Promise.resolve(body.clone())
    return Promise.resolve(body === undefined ? new Response('{}', { status: 404 }) : Response.json(body))
  })
  return { requests }
}

export const sessionOf = (role: Role) => ({
  account: { accountId: 'a', email: 'admin@guardimesh.local', displayName: 'Admin', role },
  expiresAt: '2126-01-01T00:00:00.000Z',
})
