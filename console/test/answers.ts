import { vi } from 'vitest'

/** What was asked of the backend with a body. */
interface Asked {
  method: string
  path: string
  body: unknown
}

/** Answers by the beginning of the path, the longest first; a function makes an answer of what is asked. Anything else is 404. */
export function answerWith(answers: Readonly<Record<string, unknown>>): { asked: Asked[] } {
  const asked: Asked[] = []
  const known = Object.keys(answers).toSorted((a, b) => b.length - a.length)
  vi.mocked(globalThis.fetch).mockImplementation((url, init) => {
    const path = String(url)
    const method = init?.method ?? 'GET'
    if (method !== 'GET') asked.push({ method, path, body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined })
    const key =
      known.find((beginning) => `${method} ${path}`.startsWith(beginning)) ?? known.find((beginning) => path.startsWith(beginning))
    const answer = key === undefined ? undefined : answers[key]
    const made = typeof answer === 'function' ? answer() : answer
    if (made instanceof Response) return Promise.resolve(made.clone())
    return Promise.resolve(made === undefined ? new Response('{}', { status: 404 }) : Response.json(made))
  })
  return { asked }
}

export const sessionOf = (role: 'administrator' | 'viewer') => ({
  account: { accountId: 'a', email: 'admin@guardimesh.local', displayName: 'Admin', role },
  expiresAt: '2126-01-01T00:00:00.000Z',
})
