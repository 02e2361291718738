import { mkdir, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { SignatureGeneration, SignatureManifest } from '@guardimesh/contracts'
import {
  completeDraft,
  GENERATIONS_FOLDER,
  type Logger,
  readCurrentManifest,
  readManifest,
  removeOldGenerations,
  SIGNATURE_FOLDER_MODE,
  type SignatureFile,
  switchCurrent,
} from '@guardimesh/kit'

/** Generations that stay on the volume, the live one included: nodes that are in the middle of a download finish it. */
const KEPT_GENERATIONS = 5

/** The generations on the volume: folders that never change, and a link to the live one. */
export class Catalog {
  readonly folder: string
  readonly #log: Logger
  /** Newest first. */
  #manifests: readonly SignatureManifest[] = []
  #liveName = ''

  private constructor(folder: string, log: Logger) {
    this.folder = folder
    this.#log = log
  }

  /** Takes up what is on the volume, and removes what a killed process had begun. */
  static async open(folder: string, log: Logger): Promise<Catalog> {
    const catalog = new Catalog(folder, log)
    await mkdir(join(folder, GENERATIONS_FOLDER), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
    await removeOldGenerations(folder, KEPT_GENERATIONS)
    await catalog.#read()
    await catalog.#healLive()
    return catalog
  }

  /** Undefined before the first. */
  get live(): SignatureManifest | undefined {
    return this.find(this.#liveName)
  }

  find(generation: string): SignatureManifest | undefined {
    return this.#manifests.find((manifest) => manifest.generation === generation)
  }

  /** Where a file of a generation is. */
  pathOf(generation: string, file: Pick<SignatureFile, 'path'>): string {
    return join(this.folder, GENERATIONS_FOLDER, generation, file.path)
  }

  /** Makes a draft the live generation, in one step, and drops the oldest. */
  async publish(draft: string, manifest: SignatureManifest): Promise<void> {
    await completeDraft(this.folder, draft, manifest)
    await switchCurrent(this.folder, manifest.generation)
    await removeOldGenerations(this.folder, KEPT_GENERATIONS)
    await this.#read()
  }

  /** For the status, newest first. */
  list(): SignatureGeneration[] {
    return this.#manifests.map(({ generation, builtAt, files }) => ({
      generation,
      publishedAt: builtAt,
      isLive: generation === this.#liveName,
      memoryBytes: null,
      databases: files.map((file) => ({
        path: file.path,
        sizeBytes: file.sizeBytes,
        sha256: file.sha256,
        version: file.version ?? null,
        signatures: file.signatures ?? null,
        builtAt: file.builtAt ?? '',
      })),
    }))
  }

  async #read(): Promise<void> {
    const names = (await readdir(join(this.folder, GENERATIONS_FOLDER))).filter((name) => !name.startsWith('.'))
    const found = await Promise.all(names.map((name) => this.#readIntact(name)))
    this.#manifests = found.filter((manifest) => manifest !== undefined).sort((one, other) => (one.builtAt > other.builtAt ? -1 : 1))
    const current = await readCurrentManifest(this.folder).catch(() => undefined)
    this.#liveName = current ? basename(current.folder) : ''
  }

  /** A generation whose files are all there; damaged ones are told and not offered. */
  async #readIntact(name: string): Promise<SignatureManifest | undefined> {
    try {
      const folder = join(this.folder, GENERATIONS_FOLDER, name)
      const manifest = await readManifest(folder)
      for (const { path, sizeBytes } of manifest.files)
        if ((await stat(join(folder, path))).size !== sizeBytes) throw new Error(`${path} does not have its size`)
      return manifest
    } catch (error) {
      this.#log.error({ error, generation: name }, 'damaged generation left out')
      return undefined
    }
  }

  /** When the volume was damaged, the newest generation that is whole goes live: old signatures are better than none. */
  async #healLive(): Promise<void> {
    const [newest] = this.#manifests
    if (this.live || !newest) return
    await switchCurrent(this.folder, newest.generation)
    this.#liveName = newest.generation
    this.#log.error({ generation: newest.generation }, 'the live generation is damaged; the newest whole one is live instead')
  }
}
