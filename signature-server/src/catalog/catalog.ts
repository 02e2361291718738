import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  ChangeRollOut,
  RollOut,
  SignatureCatalog,
  SignatureDatabase,
  SignatureGeneration,
  SignatureManifest,
  SignatureSettings,
} from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import {
  completeDraft,
  GENERATIONS_FOLDER,
  isSignatureName,
  removeOldGenerations,
  SIGNATURE_FOLDER_MODE,
  type SignatureFile,
  switchCurrent,
} from '@guardimesh/signature-format'
import { readGenerations, type StoredGeneration } from '../generation/stored-generation.js'
import { withActive, withDiscard, withHead, withHold, withSettings } from '../roll-out/decisions.js'
import { previousActiveGeneration, requireRollOut, requireStored } from '../roll-out/requirements.js'
import { restoreState } from '../roll-out/restore-state.js'
import { type RollOutState, writeRollOutState } from '../roll-out/roll-out-state.js'

/** Number of generations to keep, including the active one. Older ones allow nodes to finish downloads and users to roll back. */
const KEPT_GENERATIONS = 5

export interface CatalogOptions {
  readonly folder: string
  readonly log: Logger
  /** Nodes that requested the catalogue recently. */
  readonly knownNames: () => readonly string[]
}

/** Manages the generations on the volume, which are immutable, and which nodes are offered which of them. */
export class Catalog {
  readonly #options: CatalogOptions
  /** Newest first. */
  #generations: readonly StoredGeneration[] = []
  #state: RollOutState
  #canaries: ReadonlySet<string> = new Set()
  #offers: { readonly active: SignatureCatalog | undefined; readonly rollOut: SignatureCatalog | undefined } = {
    active: undefined,
    rollOut: undefined,
  }
  readonly #listeners: (() => void)[] = []
  /** Serializes changes. */
  #pending: Promise<unknown> = Promise.resolve()

  private constructor(options: CatalogOptions, generations: readonly StoredGeneration[], state: RollOutState) {
    this.#options = options
    this.#generations = generations
    this.#state = state
  }

  /** Loads the generations on the volume and removes drafts of a killed process. */
  static async open(folder: string, log: Logger, knownNames: CatalogOptions['knownNames'] = () => []): Promise<Catalog> {
    await mkdir(join(folder, GENERATIONS_FOLDER), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
    const generations = await readGenerations(folder, log)
    const state = await restoreState(folder, generations, log)
    const catalog = new Catalog({ folder, log, knownNames }, generations, state)
    await catalog.#removeOld()
    return catalog
  }

  get folder(): string {
    return this.#options.folder
  }

  /** The active generation. Undefined before the first import. */
  get active(): SignatureManifest | undefined {
    return this.find(this.#state.active)
  }

  /** The generation that the next import builds on. Undefined before the first import. */
  get head(): SignatureManifest | undefined {
    return this.find(this.#state.head)
  }

  get rollOut(): RollOut | null {
    const { rollOut } = this.#state
    if (!rollOut) return null
    const { sequence, ...shown } = rollOut
    return shown
  }

  get settings(): SignatureSettings {
    return this.#state.settings
  }

  /** Unix time in ms at which the active generation was activated. */
  get activeSequence(): number {
    return this.#state.activeSequence
  }

  find(generation: string): SignatureManifest | undefined {
    return this.stored(generation)?.manifest
  }

  stored(generation: string): StoredGeneration | undefined {
    return this.#generations.find(({ manifest }) => manifest.generation === generation)
  }

  /** Returns the path of a file of a generation. */
  pathOf(generation: string, file: Pick<SignatureFile, 'path'>): string {
    return join(this.folder, GENERATIONS_FOLDER, generation, file.path)
  }

  /** Returns the catalogue for a node: the same object until it changes. Undefined while no generation is active. */
  offerFor(nodeName?: string): SignatureCatalog | undefined {
    return nodeName !== undefined && this.#canaries.has(nodeName) ? this.#offers.rollOut : this.#offers.active
  }

  /** Registers a listener for changes of the offered catalogues. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /**
   * Publishes a draft as the head: it becomes active, starts a rollout, or waits while the active generation is pinned. Removes the oldest
   * generation.
   */
  publish(draft: string, manifest: SignatureManifest): Promise<void> {
    return this.#serialize(async () => {
      await completeDraft(this.folder, draft, manifest)
      await this.#reload()
      await this.#changeState((state) => withHead(state, manifest.generation, this.#circumstances()))
      await this.#removeOld()
    })
  }

  /** Promotes, holds or discards the candidate. @throws GuardError SIGNATURES_CHANGED when that generation is not the candidate. */
  changeRollOut({ action, generation, reason }: ChangeRollOut): Promise<void> {
    return this.#serialize(() =>
      this.#changeState((state) => {
        requireRollOut(state, generation)
        if (action === 'hold') return withHold(state, reason)
        return action === 'promote' ? withActive(state, generation, new Date()) : withDiscard(state, new Date())
      }),
    )
  }

  /**
   * Makes a kept generation active and head on all nodes immediately.
   *
   * @param generation defaults to the one that was active before the active one.
   * @throws GuardError GENERATION_NOT_FOUND
   */
  rollBack(generation?: string): Promise<void> {
    return this.#serialize(() =>
      this.#changeState((state) => {
        const names = this.#generations.map(({ manifest }) => manifest.generation)
        return withActive(state, requireStored(names, generation ?? previousActiveGeneration(state, names)), new Date())
      }),
    )
  }

  /** Applies settings. A changed profile takes effect with the next generation. */
  changeSettings(settings: SignatureSettings): Promise<void> {
    return this.#serialize(() => this.#changeState((state) => withSettings(state, settings, this.#circumstances())))
  }

  /** Lists the generations for the status, newest first. */
  list(): SignatureGeneration[] {
    return this.#generations.map(({ manifest: { generation, builtAt, files, memoryBytes } }) => ({
      generation,
      publishedAt: builtAt,
      isActive: generation === this.#state.active,
      memoryBytes: memoryBytes ?? null,
      databases: files.map((file) => toDatabase(file.path, file)),
    }))
  }

  /** Lists the databases and rules of the head for the status, without files that are kept for the mirror only. */
  listSources(): SignatureDatabase[] {
    const sources = this.stored(this.#state.head)?.sources ?? []
    return sources
      .filter(({ kind, name }) => isSignatureName(kind, name))
      .map((source) => toDatabase(`${source.kind}/${source.name}`, source))
  }

  #circumstances() {
    return { now: new Date(), knownNames: this.#options.knownNames() }
  }

  #serialize<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#pending.then(work)
    this.#pending = done.catch(() => undefined)
    return done
  }

  /**
   * Switches the link first, then writes the state. After a crash between the two, the link wins (`restoreState`).
   */
  async #changeState(change: (state: RollOutState) => RollOutState): Promise<void> {
    const { folder, log } = this.#options
    const before = this.#state
    const next = change(before)
    const isSwitched = next.active !== before.active
    if (isSwitched) await switchCurrent(folder, next.active)
    log.debug({ active: next.active }, 'current link switched')
    try {
      await writeRollOutState(folder, next)
    } catch (error) {
      if (isSwitched && before.active !== '') await switchCurrent(folder, before.active)
      throw error
    }
    this.#state = next
    const { rollOut, active } = next
    log.info(
      { active, head: next.head, rollOut: rollOut?.generation ?? '', state: rollOut?.state ?? '', nodes: rollOut?.nodes.length ?? 0 },
      'rollout state changed',
    )
    this.#refresh()
  }

  async #reload(): Promise<void> {
    this.#generations = await readGenerations(this.folder, this.#options.log)
  }

  async #removeOld(): Promise<void> {
    const { head, active, rollOut } = this.#state
    const kept = new Set([head, active, rollOut?.generation ?? ''].filter((name) => name !== ''))
    // In order of the build time in the manifest: folder times decrease when the clock is set back.
    for (const { manifest } of this.#generations) if (kept.size < KEPT_GENERATIONS) kept.add(manifest.generation)
    await removeOldGenerations(this.folder, KEPT_GENERATIONS, [...kept])
    await this.#reload()
    this.#refresh()
  }

  #refresh(): void {
    const { active, activeSequence, rollOut } = this.#state
    this.#canaries = new Set(rollOut?.nodes)
    const offer = (name: string, sequence: number) => {
      const stored = this.stored(name)
      return stored && { ...stored.manifest, sequence, deltas: [...stored.deltas] }
    }
    this.#offers = { active: offer(active, activeSequence), rollOut: rollOut ? offer(rollOut.generation, rollOut.sequence) : undefined }
    for (const listener of this.#listeners) listener()
  }
}

/** Converts a file to its entry in the status. Pure. */
function toDatabase(path: string, { sizeBytes, sha256, version, signatures, builtAt }: Omit<SignatureFile, 'path'>): SignatureDatabase {
  return { path, sizeBytes, sha256, version: version ?? null, signatures: signatures ?? null, builtAt: builtAt ?? '' }
}
