import { createHash, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { CATALOG_SIGNATURE_HEADER, type SignatureDelta, type SignatureManifestFile } from '@guardimesh/contracts'
import { signCatalog } from '@guardimesh/signature-format'

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** An offered file: the bytes that the server sends, and the entry in the catalogue. */
export interface Offered<Entry> {
  readonly bytes: Buffer
  readonly entry: Entry
}
export type OfferedDatabase = Offered<SignatureManifestFile>
export type OfferedDelta = Offered<SignatureDelta>

export interface Offer {
  readonly generation: string
  readonly files: readonly OfferedDatabase[]
  readonly deltas?: readonly OfferedDelta[]
  readonly sequence?: number
  readonly memoryBytes?: number
}

/** A received request, and the number of concurrently open requests. */
export interface ReceivedRequest {
  readonly path: string
  readonly query: URLSearchParams
  readonly prefer: string | undefined
  readonly atMs: number
  readonly together: number
}

/** A fake signature server for cases that the real one cannot produce on demand: false metadata, deltas and replays. */
export class OfferingServer implements AsyncDisposable {
  readonly asked: ReceivedRequest[] = []
  /** Whether it supports long polls. */
  hasLongPolls = true
  /** Key that signs the catalogue. */
  key: KeyObject | undefined
  /** Modifies the signed body. */
  tamper: (body: string) => string = (body) => body
  readonly #server: Server
  readonly #held = new Set<() => void>()
  #offer: Offer | undefined
  #open = 0

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response))
  }

  static async start(): Promise<OfferingServer> {
    const offering = new OfferingServer()
    offering.#server.listen(0, '127.0.0.1')
    await once(offering.#server, 'listening')
    return offering
  }

  get url(): string {
    const address = this.#server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  }

  offer(offer: Offer): void {
    this.#offer = offer
    for (const answer of [...this.#held]) answer()
  }

  /** Returns the paths of the files that were requested since the last call, in order. */
  takeRequestedFiles(): string[] {
    const files = this.asked.filter(({ path }) => path.startsWith('/v1/generations/')).map(({ path }) => path.split('/').slice(4).join('/'))
    this.asked.length = 0
    return files
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://server')
    const { prefer } = request.headers
    this.#open += 1
    response.on('close', () => {
      this.#open -= 1
    })
    this.asked.push({ path, query, prefer: prefer?.toString(), atMs: performance.now(), together: this.#open })
    if (path === '/v1/catalog') {
      this.#answerCatalog(request, response)
      return
    }
    const { files, deltas = [] } = this.#offer as Offer
    const found = [...files, ...deltas].find(({ entry }) => path.endsWith(`/${entry.path}`))
    response.writeHead(found ? 200 : 404).end(found?.bytes)
  }

  #answerCatalog(request: IncomingMessage, response: ServerResponse): void {
    const { generation, files, deltas, sequence, memoryBytes } = this.#offer as Offer
    const etag = `"${generation}-${sequence}"`
    if (request.headers['if-none-match'] === etag) {
      if (!this.hasLongPolls || request.headers.prefer === undefined) return void response.writeHead(304).end()
      const answer = () => {
        this.#held.delete(answer)
        this.#answerCatalog(request, response)
      }
      this.#held.add(answer)
      response.on('close', () => this.#held.delete(answer))
      return
    }
    const catalog = {
      ...{ generation, sequence, memoryBytes, builtAt: '2026-11-21T00:00:00.000Z' },
      files: files.map(({ entry }) => entry),
      deltas: deltas?.map(({ entry }) => entry),
    }
    const body = JSON.stringify(catalog)
    if (this.key) response.setHeader(CATALOG_SIGNATURE_HEADER, signCatalog(Buffer.from(body), this.key))
    response.setHeader('etag', etag)
    response.writeHead(200).end(this.tamper(body))
  }
}
