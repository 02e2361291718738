import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js'
import { GuardError } from '@guardimesh/kit'

/** What protobufjs's static classes offer. */
interface Encoder<Request> {
  encode(message: Request): { finish(): Uint8Array }
}
interface Decoder<Answer> {
  decode(bytes: Uint8Array): Answer
}

/** The list of a node with 500 containers has half a MiB. */
const ANSWER_BYTES = 16 * 1024 * 1024

/** A gRPC peer on a Unix socket. */
export class GrpcUnixClient implements Disposable {
  readonly #client: Client
  readonly #timeoutMs: number

  /** @param socketPath as this process sees it. */
  constructor(socketPath: string, timeoutMs: number) {
    this.#timeoutMs = timeoutMs
    this.#client = new Client(`unix://${socketPath}`, credentials.createInsecure(), {
      'grpc.max_receive_message_length': ANSWER_BYTES,
      // Clients of the same address would share one connection, and with it the pauses after a failure.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.enable_http_proxy': 0,
    })
  }

  /**
   * Asks for one answer.
   *
   * @param path "/<package>.<Service>/<Method>".
   * @throws GrpcError
   */
  ask<Request, Answer>(path: string, encoder: Encoder<Request>, decoder: Decoder<Answer>, request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        path,
        (message: Request) => Buffer.from(encoder.encode(message).finish()),
        (bytes: Buffer) => decoder.decode(bytes),
        request,
        { deadline: Date.now() + this.#timeoutMs },
        (error, answer) => (error || !answer ? reject(new GrpcError(path, error)) : resolve(answer)),
      )
    })
  }

  /**
   * Asks for many answers. Ends when the signal is aborted.
   *
   * @throws GrpcError also when the peer ends the stream.
   */
  stream<Request, Answer>(
    path: string,
    encoder: Encoder<Request>,
    decoder: Decoder<Answer>,
    request: Request,
    onAnswer: (answer: Answer) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const call = this.#client.makeServerStreamRequest(
      path,
      (message: Request) => Buffer.from(encoder.encode(message).finish()),
      (bytes: Buffer) => decoder.decode(bytes),
      request,
    )
    return new Promise((resolve, reject) => {
      const onAbort = () => call.cancel()
      const settle = (error: ServiceError | null) => {
        signal.removeEventListener('abort', onAbort)
        if (signal.aborted) resolve()
        else reject(new GrpcError(path, error))
      }
      signal.addEventListener('abort', onAbort, { once: true })
      if (signal.aborted) onAbort()
      call.on('data', onAnswer)
      call.on('error', settle)
      call.on('end', () => settle(null))
    })
  }

  [Symbol.dispose](): void {
    this.#client.close()
  }
}

/** A question that the peer did not answer, or refused. */
export class GrpcError extends GuardError {
  readonly status: number | undefined

  constructor(path: string, cause: ServiceError | null) {
    super('RUNTIME_UNAVAILABLE', `${path}: ${cause?.details ?? 'the stream ended'}`, { grpcStatus: cause?.code ?? null }, { cause })
    this.status = cause?.code
  }

  /** The peer does not know this question. */
  get isUnimplemented(): boolean {
    return this.status === status.UNIMPLEMENTED
  }

  get isNotFound(): boolean {
    return this.status === status.NOT_FOUND
  }
}
