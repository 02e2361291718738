import { request } from 'node:https'
import type { ApiServer } from '@guardimesh/testbed/api-server.js'

/** Any object of the cluster. */
export interface KubeObject {
  readonly kind?: string
  readonly metadata: { readonly name: string; readonly generation?: number }
  readonly spec?: Readonly<Record<string, unknown>>
  readonly status?: Readonly<Record<string, unknown>>
}

type Method = 'GET' | 'POST' | 'PATCH'

/** Asks the API server with every right. @returns undefined for what is not there, or cannot be asked for yet. @throws Error with the server's own words. */
export async function requestApi<Answer = KubeObject>(
  server: ApiServer,
  method: Method,
  path: string,
  body?: unknown,
): Promise<Answer | undefined> {
  const headers = {
    authorization: `Bearer ${server.token('admin')}`,
    'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
  }
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asked = request(`${server.url}${path}`, { method, ca: server.ca, headers }, async (response) => {
      let answer = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: answer })).on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body === undefined ? undefined : JSON.stringify(body))
  })
  if (status === 404 || status === 429) return undefined
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 500)}`)
  return JSON.parse(text) as Answer
}
