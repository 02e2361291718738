import { setImmediate } from 'node:timers/promises'
import { type Decoded, MIB_BYTES } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Gauge, Registry } from 'prom-client'
import { type BudgetLease, ByteBudget } from './byte-budget.js'
import { type BodyHeaders, unpackBody, unpackedSize } from './unpack-body.js'

/** Memory limit of all requests in progress: received, decompressed or waiting to be stored. */
const BUDGET_BYTES = 96 * MIB_BYTES

/** A request with a protobuf body, such as Fastify's request. */
export interface ProtobufRequest {
  readonly body: unknown
  readonly headers: BodyHeaders
}

/** What happens to the bodies of one route. */
export interface BodyHandler<Value, Result> {
  readonly charge?: (sizeBytes: number) => void
  readonly decode: (body: Uint8Array) => Decoded<Value>
  readonly store: (value: Value, lease: BudgetLease) => Promise<Result>
}

/** Decompresses and decodes protobuf bodies with bounded memory. */
@Injectable()
export class ProtobufIntake {
  readonly #budget = new ByteBudget(BUDGET_BYTES)
  #turn: Promise<unknown> = Promise.resolve()

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
   * Decodes a body and passes it to `store`; its memory counts until `store` resolves.
   *
   * @param handler `charge` is called with the decompressed size before the body is decompressed; `store` may resize the lease once the body is
   *   no longer needed.
   * @throws GuardError INGEST_OVERLOADED, MEDIA_TYPE_UNSUPPORTED, COMPRESSION_INVALID, BODY_TOO_LARGE, PROTOBUF_INVALID, RESULT_INVALID.
   */
  async process<Value, Result>(request: ProtobufRequest, { charge, decode, store }: BodyHandler<Value, Result>): Promise<Result> {
    const sizeBytes = unpackedSize(request.body, request.headers)
    const lease = this.#budget.reserve(sizeBytes)
    try {
      charge?.(sizeBytes)
      const body = await unpackBody(request.body as Buffer, request.headers, sizeBytes)
      await this.#waitForTurn()
      const decoded = decode(body)
      if (!decoded.ok) throw new GuardError(decoded.code, decoded.message)
      return await store(decoded.value, lease)
    } finally {
      lease.release()
    }
  }

  /**
   * Decoding a large body blocks the event loop for tens of milliseconds. Yields to it between two bodies, so that probes, logins and database
   * connections remain responsive under load.
   */
  #waitForTurn(): Promise<unknown> {
    const turn = this.#turn
    this.#turn = turn.then(() => setImmediate())
    return turn
  }
}
