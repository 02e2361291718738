import { readFileSync } from 'node:fs'
import { createServer as createHttp, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net'
import { createServer as createTls } from 'node:tls'
import { listenOn } from '@guardimesh/kit'
import type { CertificateFiles } from '@guardimesh/testbed/certificates.js'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** Receivers of notifications of all kinds, on loopback. */

interface JsonRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  // biome-ignore lint/suspicious/noExplicitAny: documents of a dozen receivers
  readonly body: any
}

export interface JsonReceiver {
  readonly url: string
  readonly received: JsonRequest[]
  /** Responds to a request; `attempt` counts those of its path, from 1. */
  answer: (response: ServerResponse, attempt: number, path: string) => void
  close(): Promise<void>
}

export async function startJsonReceiver(): Promise<JsonReceiver> {
  const server = createHttp((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      receiver.received.push({ method, path, headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
      receiver.answer(response, receiver.received.filter((one) => one.path === path).length, path)
    })
  })
  await listenOn(server, { host: '127.0.0.1', port: 0 })
  const receiver: JsonReceiver = {
    url: `http://127.0.0.1:${portOf(server)}`,
    received: [],
    answer: (response) => response.writeHead(200).end(),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return receiver
}

export interface SyslogReceiver {
  readonly port: number
  /** Complete messages, without their frames. */
  readonly received: string[]
  close(): Promise<void>
}

/** @param certificate undefined: TCP. @param port 0: any free one. */
export async function startSyslogReceiver(certificate?: CertificateFiles, port = 0): Promise<SyslogReceiver> {
  const received: string[] = []
  const sockets = new Set<Socket>()
  const onConnection = (socket: Socket) => {
    sockets.add(socket)
    let buffered: Buffer = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      buffered = Buffer.concat([buffered, chunk])
      for (let frame = readFrame(buffered); frame; frame = readFrame(buffered)) {
        received.push(frame.message)
        buffered = frame.rest
      }
    })
    socket.on('end', () => socket.end())
  }
  const server = certificate ? createTls(keyPair(certificate), onConnection) : createTcp(onConnection)
  await listenOn(server, { host: '127.0.0.1', port })
  return {
    port: portOf(server),
    received,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Octet counting of RFC 6587. */
function readFrame(buffered: Buffer): { message: string; rest: Buffer } | undefined {
  const space = buffered.indexOf(' ')
  const end = space + 1 + Number(buffered.subarray(0, Math.max(space, 0)).toString())
  if (space <= 0 || buffered.length < end) return undefined
  return { message: buffered.subarray(space + 1, end).toString(), rest: buffered.subarray(end) }
}

interface Mail {
  readonly from: string
  readonly to: readonly string[]
  readonly isSecure: boolean
  readonly user: string
  /** Headers and text. */
  readonly source: string
}

export interface MailServer {
  readonly port: number
  readonly received: Mail[]
  /** Returns the error for the next mail; undefined accepts it. */
  reject: () => Error | undefined
  close(): Promise<void>
}

/** An SMTP server with STARTTLS, or TLS from the start, whose only user is "guardimesh". */
export async function startMailServer(
  certificate: CertificateFiles,
  password: string,
  options: SMTPServerOptions = {},
): Promise<MailServer> {
  const received: Mail[] = []
  const server = new SMTPServer({
    ...keyPair(certificate),
    onAuth: (auth, _session, callback) =>
      auth.username === 'guardimesh' && auth.password === password
        ? callback(null, { user: 'guardimesh' })
        : callback(Object.assign(new Error('wrong user or password'), { responseCode: 535 })),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : mailFrom.address
        const source = Buffer.concat(chunks).toString()
        received.push({ from, to: rcptTo.map(({ address }) => address), isSecure: session.secure, user: String(session.user), source })
        callback(mail.reject() ?? null)
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()))
  const mail: MailServer = {
    port: (server.server.address() as AddressInfo).port,
    received,
    reject: () => undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return mail
}

function keyPair({ certificateFile, keyFile }: CertificateFiles) {
  return { cert: readFileSync(certificateFile), key: readFileSync(keyFile) }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
