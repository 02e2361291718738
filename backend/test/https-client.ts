import { Agent, request } from 'node:https'
import type { TLSSocket } from 'node:tls'

export interface HttpsRequest {
  readonly ca: Buffer
  readonly method?: string
  readonly headers?: Record<string, string | string[]>
  readonly json?: unknown
  /** Left out: a connection of its own. */
  readonly agent?: Agent
  /** Called with each piece of the answer as it comes. */
  readonly onData?: (text: string) => void
}

export interface HttpsAnswer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly text: string
  /** SHA-256 of the certificate that the server showed. */
  readonly fingerprint: string
  /** True when the connection had served a request before. */
  readonly isReused: boolean
}

/** Asks over verified TLS, as a node or a browser does. */
export function ask(url: string, { ca, method = 'GET', headers = {}, json, agent, onData }: HttpsRequest): Promise<HttpsAnswer> {
  const type = json === undefined ? {} : { 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { ca, servername: 'localhost', method, headers: { ...type, ...headers }, agent: agent ?? false },
      (answer) => {
        const fingerprint = (answer.socket as TLSSocket).getPeerCertificate().fingerprint256
        let text = ''
        answer.on('data', (chunk: Buffer) => {
          text += chunk.toString()
          onData?.(text)
        })
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, fingerprint, isReused: outgoing.reusedSocket }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(json === undefined ? undefined : JSON.stringify(json))
  })
}

/** Keeps one connection open from request to request. */
export function keptConnection(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 1 })
}
