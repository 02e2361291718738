import { Agent, request } from 'node:https'
import type { TLSSocket } from 'node:tls'

export interface HttpsRequest {
  readonly ca: Buffer
  readonly method?: string
  readonly headers?: Record<string, string | string[]>
  readonly json?: unknown
  /** Default: a separate connection. */
  readonly agent?: Agent
  /** Called with each chunk of the response. */
  readonly onData?: (text: string) => void
}

export interface HttpsAnswer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly text: string
  /** SHA-256 of the server's certificate. */
  readonly fingerprint: string
  /** True if the connection was reused. */
  readonly isReused: boolean
}

/** Sends a request over verified TLS, as a node or browser does. */
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

/** Creates an agent that keeps one connection open. */
export function keptConnection(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 1 })
}
