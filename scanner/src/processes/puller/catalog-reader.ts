import type { IncomingMessage } from 'node:http'
import { CATALOG_SIGNATURE_HEADER, CATALOG_WAIT_MAX_SECONDS, SignatureCatalog } from '@guardimesh/contracts/signatures/catalog'
import { MIB_BYTES, MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import { GuardError, messageOf, readBounded } from '@guardimesh/kit'
import { isCatalogSignedBy, readCatalogKey } from '@guardimesh/signature-format'
import type { CatalogSequenceStore } from './catalog-sequence-store.js'
import type { SignatureServerClient } from './server-client.js'

const CATALOG_PATH = '/v1/catalog'
/** Maximum size of a catalogue: 200 files and 2000 deltas of 500 bytes each fit. */
const MAX_CATALOG_BYTES = 4 * MIB_BYTES
/** Maximum time for the body, once the server has sent the headers. */
const BODY_TIMEOUT_MS = MINUTE_MS

export interface CatalogReaderOptions {
  readonly client: SignatureServerClient
  readonly nodeName: string
  /** Public key that the catalogue must be signed with, read for each catalogue; undefined: unsigned catalogues are accepted. */
  readonly keyFile: string | undefined
  readonly sequences: CatalogSequenceStore
  /** Returns the name of the active generation. */
  readonly activeGeneration: () => Promise<string | undefined>
}

/** Fetches the catalogue that the signature server offers to this node, and verifies it. */
export class CatalogReader {
  readonly #options: CatalogReaderOptions
  #last: { readonly etag: string; readonly catalog: SignatureCatalog } | undefined

  constructor(options: CatalogReaderOptions) {
    this.#options = options
  }

  /** @throws GuardError SIGNATURE_SERVER_UNAVAILABLE; SIGNATURES_INVALID when the signature is invalid, or the catalogue is older than an accepted one. */
  async read(signal: AbortSignal): Promise<SignatureCatalog> {
    return this.#request({}, 0, signal)
  }

  /**
   * Waits with one long poll until the server offers another generation than in its last answer.
   *
   * @returns the new catalogue; undefined when the poll ended without a change, which a server without long polls answers immediately.
   * @throws the errors of `read`.
   */
  async waitForChange(signal: AbortSignal): Promise<SignatureCatalog | undefined> {
    const last = this.#last
    if (!last) return undefined
    const headers = { prefer: `wait=${CATALOG_WAIT_MAX_SECONDS}` }
    const catalog = await this.#request(headers, CATALOG_WAIT_MAX_SECONDS * SECOND_MS, signal)
    return catalog.generation === last.catalog.generation ? undefined : catalog
  }

  async #request(headers: Record<string, string>, waitMs: number, signal: AbortSignal): Promise<SignatureCatalog> {
    const { client, nodeName, activeGeneration } = this.#options
    const generation = await activeGeneration()
    const query = new URLSearchParams({ node: nodeName, ...(generation === undefined ? {} : { generation }) })
    const last = this.#last
    const condition: Record<string, string> = last ? { 'if-none-match': last.etag } : {}
    const response = await client.get(`${CATALOG_PATH}?${query}`, { ...condition, ...headers }, signal, waitMs)
    const body = await this.#readBody(response, signal)
    if (last && response.statusCode === 304) return last.catalog
    if (response.statusCode !== 200) throw client.unavailable(`status ${response.statusCode} for ${CATALOG_PATH}`)
    const catalog = await this.#verify(body, response)
    const { etag } = response.headers
    this.#last = etag === undefined ? undefined : { etag, catalog }
    return catalog
  }

  async #verify(body: Buffer, response: IncomingMessage): Promise<SignatureCatalog> {
    const { keyFile, sequences } = this.#options
    if (keyFile !== undefined) {
      const header = response.headers[CATALOG_SIGNATURE_HEADER]
      const publicKey = readCatalogKey(keyFile, 'public')
      if (typeof header !== 'string') throw rejected(`is not signed, but ${keyFile} requires a signature`)
      if (!isCatalogSignedBy(body, header, publicKey))
        throw rejected(`is not signed with the key in ${keyFile}; compare it with the server's key`)
    }
    const catalog = this.#parse(body)
    // Servers before the introduction of sequences send none.
    if (keyFile !== undefined || catalog.sequence > 0) await sequences.accept(catalog.sequence)
    return catalog
  }

  #parse(body: Buffer): SignatureCatalog {
    try {
      return SignatureCatalog.parse(JSON.parse(body.toString('utf8')))
    } catch (error) {
      throw this.#options.client.unavailable(`invalid catalogue: ${messageOf(error)}`, error)
    }
  }

  /** Separate from the request, whose timeout includes the long poll. */
  async #readBody(response: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
    const timeout = new Error(`timeout after ${BODY_TIMEOUT_MS} ms while reading the catalogue`)
    const timer = setTimeout(() => response.destroy(timeout), BODY_TIMEOUT_MS)
    try {
      return await readBounded(response, MAX_CATALOG_BYTES, { name: 'the catalogue' })
    } catch (error) {
      signal.throwIfAborted()
      throw this.#options.client.unavailable(messageOf(error), error)
    } finally {
      clearTimeout(timer)
    }
  }
}

function rejected(reason: string): GuardError {
  return new GuardError('SIGNATURES_INVALID', `the catalogue of the signature server ${reason}; keeping the active signatures`)
}
