import { request as requestHttp } from 'node:http'
import { type RequestOptions, request as requestHttps } from 'node:https'
import { SECOND_MS } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'

const TIMEOUT_MS = 5 * SECOND_MS

/** Where a process answers its probes. */
export type ProbeAddress =
  | { readonly socketPath: string }
  /** `ca`: PEM of whom to believe, for a process that speaks TLS. */
  | { readonly host: string; readonly port: number; readonly ca?: string }

/** Asks `/readyz`. @throws GuardError PEER_DISCONNECTED or RUNTIME_UNAVAILABLE with what the process lacks. */
export async function checkReadyz(address: ProbeAddress): Promise<void> {
  const { status, body } = await get({ ...address, path: '/readyz' })
  if (status !== 200) throw new GuardError('RUNTIME_UNAVAILABLE', body.trim() || `/readyz answered ${status}`, { status })
}

function get(options: RequestOptions): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(new GuardError('PEER_DISCONNECTED', error.message, {}, { cause: error }))
    const request = options.ca === undefined ? requestHttp : requestHttps
    const asked = request({ ...options, timeout: TIMEOUT_MS }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      response.on('error', fail)
    })
    asked.on('timeout', () => asked.destroy(new Error(`no answer in ${TIMEOUT_MS} ms`)))
    asked.on('error', fail)
    asked.end()
  })
}
