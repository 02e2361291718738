import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer as createHttp, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { WebhookBody } from '@guardimesh/contracts'
import { listenOn } from '@guardimesh/kit'
import type { CertificateFiles } from '@guardimesh/testbed/certificates.js'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Raw body. */
  readonly text: string
  readonly body: WebhookBody
}

/** A webhook receiver on loopback. */
export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** Response to the next requests; initially 200. */
  answer: (response: ServerResponse, index: number) => void
  close(): Promise<void>
}

/** Starts a receiver. @param certificate undefined: plain HTTP. */
export async function startReceiver(certificate?: CertificateFiles): Promise<Receiver> {
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const { method = '', url = '', headers } = request
      receiver.received.push({ method, path: url, headers, text, body: WebhookBody.parse(JSON.parse(text)) })
      receiver.answer(response, receiver.received.length - 1)
    })
  }
  const server = certificate
    ? createHttps({ cert: readFileSync(certificate.certificateFile), key: readFileSync(certificate.keyFile) }, listener)
    : createHttp(listener)
  await listenOn(server, { host: '127.0.0.1', port: 0 })
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    url: `${certificate ? 'https://localhost' : 'http://127.0.0.1'}:${port}`,
    received: [],
    answer: ok,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return receiver
}

export const ok = (response: ServerResponse): unknown => response.writeHead(200).end('thanks')
export const failing = (response: ServerResponse): unknown => response.writeHead(500).end('no')
/** Never responds. */
export const silent = (): void => undefined

/** True if the signature matches the body and its time is recent. */
export function isSigned({ headers, text }: Received, secret: string): boolean {
  const [, seconds = '', hex = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['guardimesh-signature'])) ?? []
  const isNow = Math.abs(Date.now() / 1000 - Number(seconds)) < 60
  return isNow && createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex') === hex
}
