import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { IPC_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { GuardError, isErrorCode } from '../errors/guard-error.js'
import { FrameReader } from './framing.js'
import type { IpcRefusal, MessageType, Numbered } from './message-type.js'
import { checkPeer, type PeerCheck } from './peer-check.js'
import { writeFrame } from './unix-socket-server.js'

export interface UnixSocketClientOptions<Request, Answer> {
  readonly socketPath: string
  readonly request: MessageType<Request, unknown>
  readonly answer: MessageType<never, Answer>
  /** Maximum time until the response. */
  readonly timeoutMs: number
  /** Checks the server before anything is sent to it; undefined: any server is accepted. */
  readonly checkPeer?: PeerCheck | undefined
}

interface Connection {
  readonly socket: Socket
  /** Settles when the peer is connected and checked. */
  readonly ready: Promise<void>
}

interface Pending<Answer> {
  onAnswer(answer: Answer): void
  onFailure(error: GuardError): void
}

/**
 * Client of a Unix socket server. Connects on the first request and again after a disconnect, which fails pending requests with
 * PEER_DISCONNECTED.
 */
export class UnixSocketClient<Request extends Numbered, Answer extends Numbered & { readonly error?: IpcRefusal | null }>
  implements Disposable
{
  readonly #options: UnixSocketClientOptions<Request, Answer>
  readonly #pending = new Map<number, Pending<Answer> & { readonly socket: Socket }>()
  #active: Connection | undefined
  #lastRequestId = 0

  constructor(options: UnixSocketClientOptions<Request, Answer>) {
    this.#options = options
  }

  /**
   * Sends a request with one response.
   *
   * @throws GuardError the server's error, PEER_DISCONNECTED, or ENGINE_TIMEOUT after `timeoutMs`.
   */
  async ask(request: Omit<Request, 'requestId'>): Promise<Answer> {
    const timeoutMs = this.#options.timeoutMs
    return new Promise((resolve, reject) => {
      const requestId = this.#nextId()
      const timer = setTimeout(
        () =>
          settle(() =>
            reject(new GuardError('ENGINE_TIMEOUT', `${this.#options.socketPath} did not respond within ${timeoutMs} ms`, { timeoutMs })),
          ),
        timeoutMs,
      )
      const settle = (end: () => void) => {
        clearTimeout(timer)
        this.#pending.delete(requestId)
        end()
      }
      const pending = {
        onAnswer: (answer: Answer) => settle(() => resolve(answer)),
        onFailure: (error: GuardError) => settle(() => reject(error)),
      }
      this.#send(requestId, request, pending)
    })
  }

  /**
   * Sends a request with many responses. Ends when `onAnswer` returns false or the signal is aborted.
   *
   * @throws GuardError the server's error or PEER_DISCONNECTED.
   */
  async stream(request: Omit<Request, 'requestId'>, onAnswer: (answer: Answer) => boolean, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const requestId = this.#nextId()
      const settle = (end: () => void) => {
        signal.removeEventListener('abort', onAbort)
        this.#pending.delete(requestId)
        end()
      }
      const onAbort = () => settle(resolve)
      signal.addEventListener('abort', onAbort, { once: true })
      const pending = {
        onAnswer: (answer: Answer) => {
          if (!onAnswer(answer)) settle(resolve)
        },
        onFailure: (error: GuardError) => settle(() => reject(error)),
      }
      this.#send(requestId, request, pending)
    })
  }

  [Symbol.dispose](): void {
    this.#active?.socket.destroy()
  }

  #nextId(): number {
    this.#lastRequestId = (this.#lastRequestId % 0xffff_ffff) + 1
    return this.#lastRequestId
  }

  #send(requestId: number, request: Omit<Request, 'requestId'>, pending: Pending<Answer>): void {
    const { socket, ready } = this.#connection()
    this.#pending.set(requestId, { ...pending, socket })
    const bytes = this.#options.request.encode({ ...request, requestId } as Request).finish()
    // When the connection fails, its close fails its pending requests.
    ready.then(
      () => writeFrame(socket, bytes).catch((error: unknown) => pending.onFailure(error as GuardError)),
      () => undefined,
    )
  }

  #connection(): Connection {
    if (this.#active && !this.#active.socket.destroyed) return this.#active
    const socket = connect(this.#options.socketPath)
    const reader = new FrameReader(IPC_LIMITS.frameBytes)
    let cause: Error | undefined
    socket.on('data', (chunk) => {
      try {
        for (const frame of reader.push(chunk)) this.#deliver(this.#options.answer.decode(frame))
      } catch (error) {
        socket.destroy(error as Error)
      }
    })
    socket.on('error', (error) => {
      cause = error
    })
    const connection = { socket, ready: this.#whenChecked(socket) }
    socket.on('close', () => {
      if (this.#active === connection) this.#active = undefined
      const why = cause ? `: ${cause.message}` : ''
      const error = new GuardError('PEER_DISCONNECTED', `no connection to ${this.#options.socketPath}${why}`, {}, { cause })
      for (const pending of [...this.#pending.values()]) if (pending.socket === socket) pending.onFailure(error)
    })
    this.#active = connection
    return connection
  }

  /** Waits for the connection and checks the peer. A peer that is not the expected one gets no byte. */
  async #whenChecked(socket: Socket): Promise<void> {
    await once(socket, 'connect')
    try {
      checkPeer(socket, this.#options.checkPeer)
    } catch (error) {
      socket.destroy(error as Error)
      throw error
    }
  }

  #deliver(answer: Answer): void {
    const pending = this.#pending.get(answer.requestId ?? 0)
    if (!pending) return
    if (!answer.error) pending.onAnswer(answer)
    else pending.onFailure(errorOf(answer.error))
  }
}

/** Converts an error from its wire form. */
function errorOf(refusal: IpcRefusal): GuardError {
  const code = refusal.code ?? ''
  return new GuardError(isErrorCode(code) ? code : 'INTERNAL', refusal.message ?? '')
}
