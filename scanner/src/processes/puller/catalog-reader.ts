import type { IncomingMessage } from 'node:http'
import {
  CATALOG_SIGNATURE_HEADER,
  CATALOG_WAIT_MAX_SECONDS,
  MIB_BYTES,
  MINUTE_MS,
  SECOND_MS,
  SignatureCatalog,
} from '@guardimesh/contracts'
import { GuardError, messageOf } from '@guardimesh/kit'
import { isCatalogSignedBy, readCatalogKey } from '@guardimesh/signature-format'
import type { CatalogSequenceStore } from './catalog-sequence-store.js'
import type { SignatureServerClient } from './server-client.js'

const CATALOG_PATH = '/v1/catalog'
/** 200 files and 2000 updates of 500 bytes each; more than this is no catalogue. */
const CATALOG_MAX_BYTES = 4 * MIB_BYTES
/** Once it has begun to come. */
const CATALOG_MAX_MS = MINUTE_MS

export interface CatalogReaderOptions {
  readonly client: SignatureServerClient
  readonly nodeName: string
  /** Public key that the catalogue must be signed with, read for each one; undefined: any is taken. */
  readonly keyFile: string | undefined
  readonly sequences: CatalogSequenceStore
  /** Name of the generation in force. */
  readonly inForce: () => Promise<string | undefined>
}

/** Asks the signature server what this node is to have, and proves the answer. */
export class CatalogReader {
  readonly #options: CatalogReaderOptions
  #known: { readonly etag: string; readonly catalog: SignatureCatalog } | undefined

  constructor(options: CatalogReaderOptions) {
    this.#options = options
  }

  /** @throws GuardError BACKEND_UNAVAILABLE; SIGNATURES_INVALID when the answer is not signed, or older than one before. */
  async read(signal: AbortSignal): Promise<SignatureCatalog> {
    return this.#ask({}, 0, signal)
  }

  /**
   * Waits until the server offers this node another generation than it did when it was asked last, as long as the server lets us wait.
   *
   * @returns false when there is none yet, also at once when the server does not wait.
   * @throws as `read`.
   */
  async waitForChange(signal: AbortSignal): Promise<boolean> {
    const known = this.#known
    if (!known) return false
    const headers = { prefer: `wait=${CATALOG_WAIT_MAX_SECONDS}` }
    const { generation } = await this.#ask(headers, CATALOG_WAIT_MAX_SECONDS * SECOND_MS, signal)
    return generation !== known.catalog.generation
  }

  async #ask(headers: Record<string, string>, waitMs: number, signal: AbortSignal): Promise<SignatureCatalog> {
    const { client, nodeName, inForce } = this.#options
    const generation = await inForce()
    const query = new URLSearchParams({ node: nodeName, ...(generation === undefined ? {} : { generation }) })
    const known = this.#known
    const condition: Record<string, string> = known ? { 'if-none-match': known.etag } : {}
    const answer = await client.get(`${CATALOG_PATH}?${query}`, { ...condition, ...headers }, signal, waitMs)
    const body = await this.#bodyOf(answer, signal)
    if (known && answer.statusCode === 304) return known.catalog
    if (answer.statusCode !== 200) throw client.unavailable(`it answered ${answer.statusCode} for ${CATALOG_PATH}`)
    const catalog = await this.#prove(body, answer)
    const { etag } = answer.headers
    this.#known = etag === undefined ? undefined : { etag, catalog }
    return catalog
  }

  async #prove(body: Buffer, answer: IncomingMessage): Promise<SignatureCatalog> {
    const { keyFile, sequences } = this.#options
    if (keyFile !== undefined) {
      const header = answer.headers[CATALOG_SIGNATURE_HEADER]
      const publicKey = readCatalogKey(keyFile, 'public')
      if (typeof header !== 'string') throw invalid(`is not signed, and the key in ${keyFile} asks for it`)
      if (!isCatalogSignedBy(body, header, publicKey))
        throw invalid(`is not signed with the key in ${keyFile}; compare it with the server's`)
    }
    const catalog = this.#parse(body)
    // Servers from before there were sequences give none.
    if (keyFile !== undefined || catalog.sequence > 0) await sequences.accept(catalog.sequence)
    return catalog
  }

  #parse(body: Buffer): SignatureCatalog {
    try {
      return SignatureCatalog.parse(JSON.parse(body.toString('utf8')))
    } catch (error) {
      throw this.#options.client.unavailable(`its catalogue cannot be read: ${messageOf(error)}`, error)
    }
  }

  async #bodyOf(answer: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
    const chunks: Buffer[] = []
    let sizeBytes = 0
    const late = new Error(`its catalogue did not come in ${CATALOG_MAX_MS} ms`)
    const timer = setTimeout(() => answer.destroy(late), CATALOG_MAX_MS)
    try {
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        sizeBytes += chunk.length
        if (sizeBytes > CATALOG_MAX_BYTES) throw new Error(`its catalogue is larger than ${CATALOG_MAX_BYTES} bytes`)
        chunks.push(chunk)
      }
    } catch (error) {
      signal.throwIfAborted()
      throw this.#options.client.unavailable(messageOf(error), error)
    } finally {
      clearTimeout(timer)
    }
    return Buffer.concat(chunks)
  }
}

function invalid(why: string): GuardError {
  return new GuardError('SIGNATURES_INVALID', `the catalogue of the signature server ${why}; the signatures in force stay`)
}
