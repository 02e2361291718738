import { request } from 'node:https'
import type { ApiServer } from '@guardimesh/testbed/api-server.js'

/** A Kubernetes object of any kind. */
export interface KubeObject {
  readonly kind?: string
  readonly metadata: { readonly name: string; readonly generation?: number }
  readonly spec?: Readonly<Record<string, unknown>>
  readonly status?: Readonly<Record<string, unknown>>
}

type Method = 'GET' | 'POST' | 'PATCH'

/** Sends a request as cluster administrator. @returns undefined for the status 404 or 429. @throws Error with the server's message. */
export async function requestApi<Body = KubeObject>(
  server: ApiServer,
  method: Method,
  path: string,
  body?: unknown,
): Promise<Body | undefined> {
  const headers = {
    authorization: `Bearer ${server.token('admin')}`,
    'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
  }
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const outgoing = request(`${server.url}${path}`, { method, ca: server.ca, headers }, async (response) => {
      let received = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (received += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: received })).on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  })
  if (status === 404 || status === 429) return undefined
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 500)}`)
  return JSON.parse(text) as Body
}
