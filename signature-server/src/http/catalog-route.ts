import { createHash, type KeyObject } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  CATALOG_SIGNATURE_HEADER,
  CATALOG_WAIT_MAX_SECONDS,
  GenerationName,
  NodeName,
  SECOND_MS,
  type SignatureCatalog,
} from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { signCatalog } from '@guardimesh/signature-format'
import { z } from 'zod'
import type { Catalog } from '../catalog/catalog.js'
import { matchesEtag, requestUrl } from '../files/responses.js'
import type { KnownNodes } from '../roll-out/known-nodes.js'
import type { WaitingNodes } from './waiting-nodes.js'

export interface CatalogRouteOptions {
  readonly catalog: Catalog
  readonly nodes: KnownNodes
  readonly waiting: WaitingNodes
  /** Ed25519 key that signs the catalogue; undefined: unsigned. */
  readonly key: KeyObject | undefined
  /** Idle timeout to restore on the connection of a request that waited. */
  readonly idleTimeoutMs: number
}

/** A serialized and signed catalogue. */
interface SignedCatalog {
  readonly body: Buffer
  readonly etag: string
  readonly signature: string | undefined
}

const Query = z.object({
  node: NodeName.optional(),
  /** The active generation of the node. */
  generation: z.union([z.literal(''), GenerationName]).default(''),
})

/** `GET /v1/catalog`: returns the catalogue for a node, or 304 if unchanged. With `Prefer: wait`, waits for a change first. */
export class CatalogRoute {
  readonly #options: CatalogRouteOptions
  /** Each catalogue is serialized and signed once, not once per request. */
  readonly #signed = new WeakMap<SignatureCatalog, SignedCatalog>()

  constructor(options: CatalogRouteOptions) {
    this.#options = options
    options.catalog.onChange(() => options.waiting.notifyChanged())
  }

  /** @throws GuardError QUERY_INVALID; NO_ACTIVE_GENERATION before the first generation. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    const { nodes, waiting, idleTimeoutMs: silenceMs } = this.#options
    const query = Query.safeParse(Object.fromEntries(requestUrl(request).searchParams))
    if (!query.success) throw new GuardError('QUERY_INVALID', `invalid query: ${z.prettifyError(query.error)}`)
    const { node, generation } = query.data
    if (node !== undefined) nodes.recordRequest(node, generation)
    const waitMs = parseWaitSeconds(request) * SECOND_MS
    const isChanged = () => !matchesEtag(request, this.#offer(node).etag)
    if (waitMs === 0 || isChanged()) {
      this.#send(request, response, node)
      return
    }
    response.setHeader('preference-applied', `wait=${waitMs / SECOND_MS}`)
    const answer = () => {
      response.socket?.setTimeout(silenceMs)
      this.#send(request, response, node)
    }
    if (waiting.add({ response, waitMs, isChanged, answer })) return
    response.removeHeader('preference-applied')
    this.#send(request, response, node)
  }

  #send(request: IncomingMessage, response: ServerResponse, node: string | undefined): void {
    const { body, etag, signature } = this.#offer(node)
    response.setHeader('etag', etag)
    response.setHeader('cache-control', 'no-cache')
    if (matchesEtag(request, etag)) return void response.writeHead(304).end()
    if (signature !== undefined) response.setHeader(CATALOG_SIGNATURE_HEADER, signature)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
  }

  #offer(node: string | undefined): SignedCatalog {
    const { catalog, key } = this.#options
    const offer = catalog.offerFor(node)
    if (!offer) throw new GuardError('NO_ACTIVE_GENERATION', 'no generation is active yet; import databases first')
    const known = this.#signed.get(offer)
    if (known) return known
    const body = Buffer.from(`${JSON.stringify(offer)}\n`)
    const etag = `"${offer.generation}-${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
    const signed = { body, etag, signature: key && signCatalog(body, key) }
    this.#signed.set(offer, signed)
    return signed
  }
}

/** Parses the wait time in seconds of a Prefer header (RFC 7240); 0 without one. Pure. */
export function parseWaitSeconds(request: Pick<IncomingMessage, 'headers'>): number {
  const { prefer } = request.headers
  const [, seconds] = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})\b/i.exec(String(prefer ?? '')) ?? []
  return Math.min(Number(seconds ?? 0), CATALOG_WAIT_MAX_SECONDS)
}
