import { chmod } from 'node:fs/promises'
import { Server, type Socket } from 'node:net'
import { IPC_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { GuardError } from '../errors/guard-error.js'
import { listenOn } from '../http/listen-on.js'
import type { Logger } from '../log/logger.js'
import { FrameReader, frameOf } from './framing.js'
import { type MessageType, type Numbered, refusalOf } from './message-type.js'
import { checkPeer, type PeerCheck } from './peer-check.js'

export interface UnixSocketServerOptions<Request extends Numbered, Answer> {
  readonly socketPath: string
  readonly request: MessageType<never, Request>
  readonly answer: MessageType<Answer, unknown>
  /**
   * Handles one request. It may call `send` any number of times; `send` resolves when the kernel accepted the bytes. `signal` is aborted
   * when the client disconnects. A thrown error is sent to the client.
   */
  readonly handle: (request: Request, send: (answer: Answer) => Promise<void>, signal: AbortSignal) => Promise<void>
  /** Checks each client before anything is read from it; undefined: every process that can open the socket is accepted. */
  readonly checkPeer?: PeerCheck | undefined
  readonly log: Logger
}

/** Serves framed protobuf messages on a Unix socket that only its owner and group can open. Close the server to stop. */
export async function serveUnixSocket<Request extends Numbered, Answer>(
  options: UnixSocketServerOptions<Request, Answer>,
): Promise<Server> {
  const server = new ConnectionServer((socket) => serveConnection(socket, options))
  server.maxConnections = IPC_LIMITS.connections
  await listenOn(server, { socketPath: options.socketPath })
  await chmod(options.socketPath, 0o660)
  return server
}

/** Server that also closes its connections on close, because clients that never disconnect would keep a stopping process alive. */
class ConnectionServer extends Server {
  readonly #sockets = new Set<Socket>()

  constructor(onConnection: (socket: Socket) => void) {
    super(onConnection)
    this.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
  }

  override close(onClosed?: (error?: Error) => void): this {
    super.close(onClosed)
    for (const socket of this.#sockets) socket.destroy()
    return this
  }
}

function serveConnection<Request extends Numbered, Answer>(socket: Socket, options: UnixSocketServerOptions<Request, Answer>): void {
  socket.on('error', (error) => options.log.warn({ error }, 'connection failed'))
  try {
    checkPeer(socket, options.checkPeer)
  } catch (error) {
    socket.destroy(error as Error)
    return
  }
  const reader = new FrameReader(IPC_LIMITS.frameBytes)
  const gone = new AbortController()
  let inFlight = 0
  const send = (answer: Answer) => writeFrame(socket, options.answer.encode(answer).finish())
  const serveFrame = async (frame: Buffer) => {
    const request = options.request.decode(frame)
    if (++inFlight > IPC_LIMITS.requestsPerConnection)
      throw new GuardError('FRAME_INVALID', `more than ${IPC_LIMITS.requestsPerConnection} concurrent requests`)
    try {
      await options.handle(request, send, gone.signal)
    } catch (error) {
      if (gone.signal.aborted) return
      options.log.warn({ error }, 'request failed')
      await send({ requestId: request.requestId ?? 0, error: refusalOf(error) } as Answer)
    } finally {
      inFlight--
    }
  }
  socket.on('data', (chunk) => {
    try {
      for (const frame of reader.push(chunk)) serveFrame(frame).catch((error: unknown) => socket.destroy(error as Error))
    } catch (error) {
      socket.destroy(error as Error)
    }
  })
  socket.on('close', () => gone.abort())
}

/** Writes one frame; resolves when the kernel accepted it, so a slow peer slows the sender. */
export function writeFrame(socket: Socket, payload: Uint8Array): Promise<void> {
  if (socket.destroyed) return Promise.reject(new GuardError('PEER_DISCONNECTED', 'the peer closed the connection'))
  return new Promise((resolve, reject) => {
    const [header, body] = frameOf(payload) as [Uint8Array, Uint8Array]
    socket.cork()
    socket.write(header)
    socket.write(body, (error) => (error ? reject(new GuardError('PEER_DISCONNECTED', error.message, {}, { cause: error })) : resolve()))
    socket.uncork()
  })
}
