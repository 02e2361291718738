import { request } from 'node:https'

/**
 * Sends a request and parses a JSON body of the response.
 *
 * @param {string} url
 * @param {{ ca: Buffer, method?: string, headers?: Record<string, string>, body?: unknown }} options
 * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, body: any }>}
 */
export function fetchJson(url, { ca, method = 'GET', headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      ca,
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      timeout: 10_000,
    })
    sent.on('error', (error) => reject(new Error(`request to ${new URL(url).host} failed: ${error.message}`, { cause: error })))
    sent.on('timeout', () => sent.destroy(new Error('timeout after 10 s')))
    sent.on('response', async (response) => {
      try {
        const text = (await response.toArray()).join('')
        const isJson = /json/.test(response.headers['content-type'] ?? '')
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: isJson ? JSON.parse(text) : text })
      } catch (error) {
        reject(error)
      }
    })
    sent.end(body ? JSON.stringify(body) : undefined)
  })
}
