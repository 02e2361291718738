import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { MIB_BYTES, SignatureManifest } from '@guardimesh/contracts'
import { CANARY_FILE, type Logger, messageOf, sortedByPath } from '@guardimesh/kit'
import { Downloads } from './downloads.js'
import { SignatureServerClient } from './server-client.js'
import type { SignatureSource } from './source.js'

const CATALOG_PATH = '/v1/catalog'
/** 200 files of 300 bytes each; more than this is no catalogue. */
const CATALOG_MAX_BYTES = MIB_BYTES

export interface ServerSourceOptions {
  readonly url: string
  readonly caFile: string | undefined
  /** Partial downloads are kept here. */
  readonly signaturesFolder: string
  readonly log: Logger
}

/** The signature server as a source. Only what the node does not have is downloaded; what was begun goes on where it stopped. */
export class ServerSource implements Disposable {
  readonly #client: SignatureServerClient
  readonly #downloads: Downloads
  #catalog: { readonly etag: string; readonly manifest: SignatureManifest } | undefined

  constructor({ url, caFile, signaturesFolder, log }: ServerSourceOptions) {
    this.#client = new SignatureServerClient(url, caFile)
    this.#downloads = new Downloads(this.#client, join(signaturesFolder, 'downloads'), log)
  }

  /** Asks what the server offers. @throws GuardError BACKEND_UNAVAILABLE */
  async read(signal: AbortSignal): Promise<SignatureSource> {
    const manifest = await this.#readCatalog(signal)
    const { generation, builtAt } = manifest
    const files = sortedByPath(manifest.files.filter(({ path }) => path !== `clamav/${CANARY_FILE}`))
    await this.#downloads.keepOnly(files)
    return { files, generation, builtAt, fetch: (file, target, signal) => this.#downloads.fetch(generation, file, target, signal) }
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]()
  }

  async #readCatalog(signal: AbortSignal): Promise<SignatureManifest> {
    const known = this.#catalog
    const answer = await this.#client.get(CATALOG_PATH, known ? { 'if-none-match': known.etag } : {}, signal)
    const body = await this.#bodyOf(answer, signal)
    if (known && answer.statusCode === 304) return known.manifest
    if (answer.statusCode !== 200) throw this.#client.unavailable(`it answered ${answer.statusCode} for ${CATALOG_PATH}`)
    const { etag } = answer.headers
    const manifest = this.#parse(body)
    this.#catalog = etag === undefined ? undefined : { etag, manifest }
    return manifest
  }

  #parse(body: string): SignatureManifest {
    try {
      return SignatureManifest.parse(JSON.parse(body))
    } catch (error) {
      throw this.#client.unavailable(`its catalogue cannot be read: ${messageOf(error)}`, error)
    }
  }

  async #bodyOf(answer: IncomingMessage, signal: AbortSignal): Promise<string> {
    const chunks: Buffer[] = []
    let sizeBytes = 0
    try {
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        sizeBytes += chunk.length
        if (sizeBytes > CATALOG_MAX_BYTES) throw new Error(`its catalogue is larger than ${CATALOG_MAX_BYTES} bytes`)
        chunks.push(chunk)
      }
    } catch (error) {
      signal.throwIfAborted()
      throw this.#client.unavailable(messageOf(error), error)
    }
    return Buffer.concat(chunks).toString('utf8')
  }
}
