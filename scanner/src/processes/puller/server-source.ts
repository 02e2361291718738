import { join } from 'node:path'
import type { SignatureCatalog } from '@guardimesh/contracts/signatures/catalog'
import type { Logger } from '@guardimesh/kit'
import { readCurrentManifest, sortedByPath } from '@guardimesh/signature-format'
import { CatalogReader } from './catalog-reader.js'
import { CatalogSequenceStore } from './catalog-sequence-store.js'
import { isNodeFile } from './compare-content.js'
import type { SignatureServerConfig } from './config.js'
import { Downloader } from './downloader.js'
import type { PullerReportStore } from './puller-report-store.js'
import { SignatureServerClient } from './server-client.js'
import type { SignatureSource } from './source.js'
import type { TransferCounters } from './transfer-counters.js'

export interface ServerSourceOptions extends SignatureServerConfig {
  readonly nodeName: string
  /** Partial downloads are kept here. */
  readonly signaturesFolder: string
  readonly runFolder: string
  readonly report: PullerReportStore
  readonly transfers: TransferCounters
  readonly log: Logger
}

/** The signature server as a source. Downloads only files that the node does not have, and resumes interrupted downloads. */
export class ServerSource implements Disposable {
  readonly #client: SignatureServerClient
  readonly #catalog: CatalogReader
  readonly #downloader: Downloader

  constructor({ url, caFile, keyFile, nodeName, signaturesFolder, runFolder, report, transfers, log }: ServerSourceOptions) {
    this.#client = new SignatureServerClient(url, caFile)
    this.#catalog = new CatalogReader({
      ...{ client: this.#client, nodeName, keyFile },
      sequences: new CatalogSequenceStore({ signaturesFolder, runFolder, report }),
      activeGeneration: () => readActiveGeneration(signaturesFolder),
    })
    this.#downloader = new Downloader({ client: this.#client, folder: join(signaturesFolder, 'downloads'), transfers, log })
  }

  /**
   * Returns what the server offers.
   *
   * @param catalog the catalogue that ended a long poll; without it, the catalogue is requested.
   * @throws the errors of CatalogReader.read
   */
  async read(signal: AbortSignal, catalog?: SignatureCatalog): Promise<SignatureSource> {
    const { generation, builtAt, memoryBytes, deltas, files: listed } = catalog ?? (await this.#catalog.read(signal))
    const files = sortedByPath(listed.filter((file) => !isNodeFile(file)))
    await this.#downloader.removePartsExcept([...files, ...deltas])
    const fetch: SignatureSource['fetch'] = (file, target, signal) => this.#downloader.download(generation, file, target, signal)
    return { files, deltas, generation, builtAt, memoryBytes, fetch }
  }

  /** See CatalogReader.waitForChange. */
  waitForChange(signal: AbortSignal): Promise<SignatureCatalog | undefined> {
    return this.#catalog.waitForChange(signal)
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]()
  }
}

/** Returns the name of the active generation; undefined when there is none, or it is damaged. */
export async function readActiveGeneration(signaturesFolder: string): Promise<string | undefined> {
  const current = await readCurrentManifest(signaturesFolder).catch(() => undefined)
  return current?.manifest.generation
}
