import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js'
import { GuardError } from '@guardimesh/kit'

/** Interface of protobufjs's static classes. */
interface Encoder<Request> {
  encode(message: Request): { finish(): Uint8Array }
}
interface Decoder<Answer> {
  decode(bytes: Uint8Array): Answer
}

/** Maximum size of a response. The list of 500 containers has half a MiB. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024

/** gRPC client on a Unix socket. */
export class GrpcUnixClient implements Disposable {
  readonly #client: Client
  readonly #timeoutMs: number

  /** @param socketPath path in this process's file system. */
  constructor(socketPath: string, timeoutMs: number) {
    this.#timeoutMs = timeoutMs
    this.#client = new Client(`unix://${socketPath}`, credentials.createInsecure(), {
      'grpc.max_receive_message_length': MAX_RESPONSE_BYTES,
      // Otherwise clients of the same address share one connection and its backoff.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.enable_http_proxy': 0,
    })
  }

  /**
   * Makes a unary call.
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
   * Makes a server-streaming call. Ends when the signal is aborted.
   *
   * @throws GrpcError, also when the server ends the stream.
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

/** A failed gRPC call. */
export class GrpcError extends GuardError {
  readonly status: number | undefined

  constructor(path: string, cause: ServiceError | null) {
    super('RUNTIME_UNAVAILABLE', `${path}: ${cause?.details ?? 'the stream ended'}`, { grpcStatus: cause?.code ?? null }, { cause })
    this.status = cause?.code
  }

  /** True when the server does not support the method. */
  get isUnimplemented(): boolean {
    return this.status === status.UNIMPLEMENTED
  }

  get isNotFound(): boolean {
    return this.status === status.NOT_FOUND
  }
}
