import { join } from 'node:path'
import type { Logger } from '@guardimesh/kit'
import { readCurrentManifest, sortedByPath } from '@guardimesh/signature-format'
import { CatalogReader } from './catalog-reader.js'
import { CatalogSequenceStore } from './catalog-sequence-store.js'
import { CANARY_PATH } from './compare-content.js'
import { Downloader } from './downloader.js'
import { SignatureServerClient } from './server-client.js'
import type { SignatureSource } from './source.js'
import type { TransferCounters } from './transfer-counters.js'

export interface ServerSourceOptions {
  readonly url: string
  readonly caFile: string | undefined
  /** As CatalogReaderOptions. */
  readonly keyFile: string | undefined
  readonly nodeName: string
  /** Partial downloads are kept here. */
  readonly signaturesFolder: string
  readonly transfers: TransferCounters
  readonly log: Logger
}

/** The signature server as a source. Only what the node does not have is downloaded; what was begun goes on where it stopped. */
export class ServerSource implements Disposable {
  readonly #client: SignatureServerClient
  readonly #catalog: CatalogReader
  readonly #downloads: Downloader

  constructor({ url, caFile, keyFile, nodeName, signaturesFolder, transfers, log }: ServerSourceOptions) {
    this.#client = new SignatureServerClient(url, caFile)
    this.#catalog = new CatalogReader({
      ...{ client: this.#client, nodeName, keyFile },
      sequences: new CatalogSequenceStore(signaturesFolder),
      inForce: () => readActiveGeneration(signaturesFolder),
    })
    this.#downloads = new Downloader({ client: this.#client, folder: join(signaturesFolder, 'downloads'), transfers, log })
  }

  /** Asks what the server offers. @throws as CatalogReader.read */
  async read(signal: AbortSignal): Promise<SignatureSource> {
    const { generation, builtAt, memoryBytes, deltas, files: listed } = await this.#catalog.read(signal)
    const files = sortedByPath(listed.filter(({ path }) => path !== CANARY_PATH))
    await this.#downloads.removePartsExcept([...files, ...deltas])
    const fetch: SignatureSource['fetch'] = (file, target, signal) => this.#downloads.download(generation, file, target, signal)
    return { files, deltas, generation, builtAt, memoryBytes, fetch }
  }

  /** As CatalogReader.waitForOther. */
  waitForChange(signal: AbortSignal): Promise<boolean> {
    return this.#catalog.waitForChange(signal)
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]()
  }
}

/** Name of the generation in force; undefined when there is none, or it is damaged. */
export async function readActiveGeneration(signaturesFolder: string): Promise<string | undefined> {
  const current = await readCurrentManifest(signaturesFolder).catch(() => undefined)
  return current?.manifest.generation
}
