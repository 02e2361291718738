import { type Decoded, KIB_BYTES, MIB_BYTES, type Steps } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Gauge, Registry } from 'prom-client'
import { type BudgetLease, ByteBudget } from './byte-budget.js'
import { type Computation, Computations } from './computation.js'
import { type BodyHeaders, unpackBody, unpackedSize } from './unpack-body.js'

/** Memory limit of all requests in progress: received, decompressed or waiting to be stored. */
const BUDGET_BYTES = 96 * MIB_BYTES
/** Larger bodies than an ordinary batch. Two are decompressed, decoded and encoded at a time; the others wait. */
const LARGE_MIN_BYTES = 64 * KIB_BYTES

/** A request with a protobuf body, such as Fastify's request. */
export interface ProtobufRequest {
  readonly body: unknown
  readonly headers: BodyHeaders
}

/** What happens to the bodies of one route. */
export interface BodyHandler<Value, Rows, Result> {
  readonly charge?: (sizeBytes: number) => void
  readonly decode: (body: Uint8Array) => Steps<Decoded<Value>>
  /** Computes what is stored; may resize the lease, as the body is no longer needed. */
  readonly encode: (value: Value, work: EncodeWork) => Promise<Rows>
  readonly store: (rows: Rows) => Promise<Result>
}

export interface EncodeWork extends Computation {
  readonly lease: BudgetLease
}

/** Decompresses and decodes protobuf bodies with bounded memory. */
@Injectable()
export class ProtobufIntake {
  readonly #budget = new ByteBudget(BUDGET_BYTES)
  readonly #computations = new Computations()

  constructor(registry: Registry) {
    const budget = this.#budget
    new Gauge({
      name: 'guardimesh_ingest_memory_bytes',
      help: 'Memory of ingest requests in progress',
      registers: [registry],
      collect() {
        this.set(budget.usedBytes)
      },
    })
  }

  /**
   * Decodes and encodes a body and passes the rows to `store`; their memory counts until `store` resolves.
   *
   * @param handler `charge` is called with the decompressed size before the body is decompressed.
   * @throws GuardError INGEST_OVERLOADED, MEDIA_TYPE_UNSUPPORTED, COMPRESSION_INVALID, BODY_TOO_LARGE, PROTOBUF_INVALID, RESULT_INVALID.
   */
  async process<Value, Rows, Result>(request: ProtobufRequest, handler: BodyHandler<Value, Rows, Result>): Promise<Result> {
    const sizeBytes = unpackedSize(request.body, request.headers)
    const lease = this.#budget.reserve(sizeBytes)
    try {
      handler.charge?.(sizeBytes)
      const compute = () => this.#compute(request, sizeBytes, { ...handler, lease })
      return await handler.store(await (sizeBytes > LARGE_MIN_BYTES ? this.#computations.runLarge(compute) : compute()))
    } finally {
      lease.release()
    }
  }

  async #compute<Value, Rows>(
    { body, headers }: ProtobufRequest,
    sizeBytes: number,
    { decode, encode, lease }: Pick<BodyHandler<Value, Rows, unknown>, 'decode' | 'encode'> & { readonly lease: BudgetLease },
  ): Promise<Rows> {
    const unpacked = await unpackBody(body as Buffer, headers, sizeBytes)
    const computation = await this.#computations.start()
    const decoded = await computation.run(decode(unpacked))
    if (!decoded.ok) throw new GuardError(decoded.code, decoded.message)
    return encode(decoded.value, { ...computation, lease })
  }
}
