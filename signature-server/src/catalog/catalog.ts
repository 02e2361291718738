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
import { discarded, held, withActive, withHead, withSettings } from '../roll-out/decisions.js'
import { generationBefore, requireRollOut, requireStored } from '../roll-out/requirements.js'
import { restoreState } from '../roll-out/restore-state.js'
import { type RollOutState, writeRollOutState } from '../roll-out/roll-out-state.js'

/** Generations that stay on the volume, the live one included: nodes that are in the middle of a download finish it. */
const KEPT_GENERATIONS = 5

export interface CatalogOptions {
  readonly folder: string
  readonly log: Logger
  /** Nodes that asked for the catalogue of late. */
  readonly knownNames: () => readonly string[]
}

/** The generations on the volume, which never change, and who is offered which of them. */
export class Catalog {
  readonly #options: CatalogOptions
  /** Newest first. */
  #generations: readonly StoredGeneration[] = []
  #state: RollOutState
  #canaries: ReadonlySet<string> = new Set()
  #offers: { readonly live: SignatureCatalog | undefined; readonly rollOut: SignatureCatalog | undefined } = {
    live: undefined,
    rollOut: undefined,
  }
  readonly #listeners: (() => void)[] = []
  /** Decisions are made one after the other. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(options: CatalogOptions, generations: readonly StoredGeneration[], state: RollOutState) {
    this.#options = options
    this.#generations = generations
    this.#state = state
  }

  /** Takes up what is on the volume, and removes what a killed process had begun. */
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

  /** What every node is offered but those of a roll-out. Undefined before the first. */
  get live(): SignatureManifest | undefined {
    return this.find(this.#state.live)
  }

  /** What the next import builds on. Undefined before the first. */
  get head(): SignatureManifest | undefined {
    return this.find(this.#state.head)
  }

  get rollOut(): RollOut | null {
    const { rollOut } = this.#state
    if (!rollOut) return null
    const { sequence, ...told } = rollOut
    return told
  }

  get settings(): SignatureSettings {
    return this.#state.settings
  }

  /** Unix time in ms of the decision that made the live generation live. */
  get liveSequence(): number {
    return this.#state.liveSequence
  }

  find(generation: string): SignatureManifest | undefined {
    return this.stored(generation)?.manifest
  }

  stored(generation: string): StoredGeneration | undefined {
    return this.#generations.find(({ manifest }) => manifest.generation === generation)
  }

  /** Where a file of a generation is. */
  pathOf(generation: string, file: Pick<SignatureFile, 'path'>): string {
    return join(this.folder, GENERATIONS_FOLDER, generation, file.path)
  }

  /** What a node is to have; the same object until that changes. Undefined while nothing is live. */
  offerFor(nodeName?: string): SignatureCatalog | undefined {
    return nodeName !== undefined && this.#canaries.has(nodeName) ? this.#offers.rollOut : this.#offers.live
  }

  /** Calls the listener after each change of what is offered. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /**
   * Makes a draft the head: it is live at once, or goes to the canary nodes first, or waits as the live one is pinned. The oldest is dropped.
   *
   * @param profile that it was made for, when that is another one from now on.
   */
  publish(draft: string, manifest: SignatureManifest, profile?: Pick<SignatureSettings, 'profile' | 'profileFiles'>): Promise<void> {
    return this.#inTurn(async () => {
      await completeDraft(this.folder, draft, manifest)
      await this.#read()
      await this.#decide((state) => withHead({ ...state, settings: { ...state.settings, ...profile } }, manifest.generation, this.#now()))
      await this.#removeOld()
    })
  }

  /** @throws GuardError SIGNATURES_CHANGED when that generation is not in a roll-out. */
  changeRollOut({ action, generation, reason }: ChangeRollOut): Promise<void> {
    return this.#inTurn(() =>
      this.#decide((state) => {
        requireRollOut(state, generation)
        if (action === 'hold') return held(state, reason)
        return action === 'promote' ? withActive(state, generation, new Date()) : discarded(state, new Date())
      }),
    )
  }

  /**
   * Makes a kept generation live and head, for all nodes, at once.
   *
   * @param generation the one that was live before the live one when left out.
   * @throws GuardError GENERATION_NOT_FOUND
   */
  rollBack(generation?: string): Promise<void> {
    return this.#inTurn(() =>
      this.#decide((state) => {
        const names = this.#generations.map(({ manifest }) => manifest.generation)
        return withActive(state, requireStored(names, generation ?? generationBefore(state, names)), new Date())
      }),
    )
  }

  /** Puts settings in force. Another profile counts from the next generation on. */
  changeSettings(settings: SignatureSettings): Promise<void> {
    return this.#inTurn(() => this.#decide((state) => withSettings(state, settings, this.#now())))
  }

  /** For the status, newest first. */
  list(): SignatureGeneration[] {
    return this.#generations.map(({ manifest: { generation, builtAt, files, memoryBytes } }) => ({
      generation,
      publishedAt: builtAt,
      isActive: generation === this.#state.live,
      memoryBytes: memoryBytes ?? null,
      databases: files.map((file) => toldOf(file.path, file)),
    }))
  }

  /** For the status: databases and rules that the head is made of, without what is only kept for the mirror. */
  listSources(): SignatureDatabase[] {
    const sources = this.stored(this.#state.head)?.sources ?? []
    return sources.filter(({ kind, name }) => isSignatureName(kind, name)).map((source) => toldOf(`${source.kind}/${source.name}`, source))
  }

  #now() {
    return { now: new Date(), knownNames: this.#options.knownNames() }
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  /**
   * The link is switched first, then the decision is written: a process that is killed in between finds a link that leads elsewhere than the
   * decision says, and believes the link (`restoreState`).
   */
  async #decide(change: (state: RollOutState) => RollOutState): Promise<void> {
    const { folder, log } = this.#options
    const before = this.#state
    const next = change(before)
    const isSwitched = next.live !== before.live
    if (isSwitched) await switchCurrent(folder, next.live)
    log.debug({ live: next.live }, 'the link is set')
    try {
      await writeRollOutState(folder, next)
    } catch (error) {
      if (isSwitched && before.live !== '') await switchCurrent(folder, before.live)
      throw error
    }
    this.#state = next
    const { rollOut, live } = next
    log.info(
      { live, head: next.head, rollOut: rollOut?.generation ?? '', state: rollOut?.state ?? '', nodes: rollOut?.nodes.length ?? 0 },
      'decided',
    )
    this.#refresh()
  }

  async #read(): Promise<void> {
    this.#generations = await readGenerations(this.folder, this.#options.log)
  }

  async #removeOld(): Promise<void> {
    const { head, live, rollOut } = this.#state
    const kept = new Set([head, live, rollOut?.generation ?? ''].filter((name) => name !== ''))
    // By their own time, as that of the folders falls when the clock is set back.
    for (const { manifest } of this.#generations) if (kept.size < KEPT_GENERATIONS) kept.add(manifest.generation)
    await removeOldGenerations(this.folder, KEPT_GENERATIONS, [...kept])
    await this.#read()
    this.#refresh()
  }

  #refresh(): void {
    const { live, liveSequence, rollOut } = this.#state
    this.#canaries = new Set(rollOut?.nodes)
    const offer = (name: string, sequence: number) => {
      const stored = this.stored(name)
      return stored && { ...stored.manifest, sequence, deltas: [...stored.deltas] }
    }
    this.#offers = { live: offer(live, liveSequence), rollOut: rollOut ? offer(rollOut.generation, rollOut.sequence) : undefined }
    for (const listener of this.#listeners) listener()
  }
}

/** What the status says of a file. Pure. */
function toldOf(path: string, { sizeBytes, sha256, version, signatures, builtAt }: Omit<SignatureFile, 'path'>): SignatureDatabase {
  return { path, sizeBytes, sha256, version: version ?? null, signatures: signatures ?? null, builtAt: builtAt ?? '' }
}
