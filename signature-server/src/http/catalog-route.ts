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
import { addressOf, isKnown } from '../files/answers.js'
import type { KnownNodes } from '../roll-out/known-nodes.js'
import type { WaitingNodes } from './waiting-nodes.js'

export interface CatalogRouteOptions {
  readonly catalog: Catalog
  readonly nodes: KnownNodes
  readonly waiting: WaitingNodes
  /** Signs the answers, ed25519; undefined: they are not signed. */
  readonly key: KeyObject | undefined
  /** A connection that was quiet while it waited may be so again for so long. */
  readonly silenceMs: number
}

/** What is sent for one offer. */
interface SignedCatalog {
  readonly body: Buffer
  readonly etag: string
  readonly signature: string | undefined
}

const Query = z.object({
  node: NodeName.optional(),
  /** What the node has in force. */
  generation: z.union([z.literal(''), GenerationName]).default(''),
})

/** `GET /v1/catalog`: what a node is to have, or nothing when it knows; at once, or when there is something new. */
export class CatalogRoute {
  readonly #options: CatalogRouteOptions
  /** Made once for each offer, however many nodes ask for it. */
  readonly #signed = new WeakMap<SignatureCatalog, SignedCatalog>()

  constructor(options: CatalogRouteOptions) {
    this.#options = options
    options.catalog.onChange(() => options.waiting.changed())
  }

  /** @throws GuardError QUERY_INVALID, ROUTE_NOT_FOUND while nothing is live. */
  answer(request: IncomingMessage, response: ServerResponse): void {
    const { nodes, waiting, silenceMs } = this.#options
    const query = Query.safeParse(Object.fromEntries(addressOf(request).searchParams))
    if (!query.success) throw new GuardError('QUERY_INVALID', `the query cannot be used: ${z.prettifyError(query.error)}`)
    const { node, generation } = query.data
    if (node !== undefined) nodes.saw(node, generation)
    const waitMs = waitOf(request) * SECOND_MS
    const isNews = () => !isKnown(request, this.#offer(node).etag)
    if (waitMs === 0 || isNews()) {
      this.#send(request, response, node)
      return
    }
    response.setHeader('preference-applied', `wait=${waitMs / SECOND_MS}`)
    const answer = () => {
      response.socket?.setTimeout(silenceMs)
      this.#send(request, response, node)
    }
    if (waiting.add({ response, waitMs, isChanged: isNews, answer })) return
    response.removeHeader('preference-applied')
    this.#send(request, response, node)
  }

  #send(request: IncomingMessage, response: ServerResponse, node: string | undefined): void {
    const { body, etag, signature } = this.#offer(node)
    response.setHeader('etag', etag)
    response.setHeader('cache-control', 'no-cache')
    if (isKnown(request, etag)) return void response.writeHead(304).end()
    if (signature !== undefined) response.setHeader(CATALOG_SIGNATURE_HEADER, signature)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
  }

  #offer(node: string | undefined): SignedCatalog {
    const { catalog, key } = this.#options
    const offer = catalog.offerFor(node)
    if (!offer) throw new GuardError('ROUTE_NOT_FOUND', 'no generation is live yet; put databases into incoming/')
    const known = this.#signed.get(offer)
    if (known) return known
    const body = Buffer.from(`${JSON.stringify(offer)}\n`)
    const etag = `"${offer.generation}-${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
    const signed = { body, etag, signature: key && signCatalog(body, key) }
    this.#signed.set(offer, signed)
    return signed
  }
}

/** Seconds that a client wants to wait (RFC 7240); 0 for none. Pure. */
export function waitOf(request: Pick<IncomingMessage, 'headers'>): number {
  const { prefer } = request.headers
  const [, seconds] = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})\b/i.exec(String(prefer ?? '')) ?? []
  return Math.min(Number(seconds ?? 0), CATALOG_WAIT_MAX_SECONDS)
}
