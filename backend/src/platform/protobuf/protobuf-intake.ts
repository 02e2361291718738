import { setImmediate } from 'node:timers/promises'
import { type Decoded, MIB_BYTES } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Gauge, Registry } from 'prom-client'
import { type BudgetLease, ByteBudget } from './byte-budget.js'
import { type BodyHeaders, unpackBody } from './unpack-body.js'

/** Memory of all requests that are taken in at one time, as sent, decompressed or waiting to be stored. */
const BUDGET_BYTES = 96 * MIB_BYTES

/** A request that carries protobuf; Fastify's request is one. */
export interface ProtobufRequest {
  readonly body: unknown
  readonly headers: BodyHeaders
}

/** Takes in protobuf bodies: bounded, decompressed, decoded. */
@Injectable()
export class ProtobufIntake {
  readonly #budget = new ByteBudget(BUDGET_BYTES)
  #turn: Promise<unknown> = Promise.resolve()

  constructor(registry: Registry) {
    const budget = this.#budget
    new Gauge({
      name: 'guardimesh_ingest_memory_bytes',
      help: 'Bytes of requests that are being taken in or wait to be stored',
      registers: [registry],
      collect() {
        this.set(budget.usedBytes)
      },
    })
  }

  /**
   * Decodes a body and hands it on; its memory counts until `store` is done.
   *
   * @param store may give the lease its own size, once the body is no longer needed.
   * @throws GuardError INGEST_OVERLOADED, MEDIA_TYPE_UNSUPPORTED, COMPRESSION_INVALID, BODY_TOO_LARGE, PROTOBUF_INVALID, RESULT_INVALID.
   */
  async process<Value, Result>(
    request: ProtobufRequest,
    decode: (body: Uint8Array) => Decoded<Value>,
    store: (value: Value, lease: BudgetLease) => Promise<Result>,
  ): Promise<Result> {
    const lease = this.#budget.reserve(Buffer.isBuffer(request.body) ? request.body.length : 0)
    try {
      const body = await unpackBody(request.body, request.headers)
      lease.resize(body.length)
      await this.#takeTurn()
      const decoded = decode(body)
      if (!decoded.ok) throw new GuardError(decoded.code, decoded.message)
      return await store(decoded.value, lease)
    } finally {
      lease.release()
    }
  }

  /**
   * Decoding a large body keeps the event loop busy for tens of milliseconds. Between two of them it turns once, so that probes, logins and
   * connections to the database stay alive under load.
   */
  #takeTurn(): Promise<unknown> {
    const turn = this.#turn
    this.#turn = turn.then(() => setImmediate())
    return turn
  }
}
