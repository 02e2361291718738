import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { type CustomSignatures, SECOND_MS, SignatureImport, type SignatureSettings } from '@guardimesh/contracts'
import { backoffMs, formatUuid, GuardError, sleep, uuidV7 } from '@guardimesh/kit'
import { createGeneration } from '../build/create-generation.js'
import type { Catalog } from '../catalog/catalog.js'
import { IdleWork } from '../profile-measures/idle-work.js'
import type { ProfileMeasurements } from '../profile-measures/profile-measurements.js'
import { refusalOf } from '../refusal.js'
import { AwaitedBundles, partBundles, withWholeBundles } from './awaited-bundles.js'
import { removeTaken } from './clear-incoming.js'
import { type ImportOrder, ImportQueue, MAX_ORDERS, requireUploadNames, type UploadedFile, uploadPathOf } from './import-queue.js'
import { type IncomingFile, listIncoming } from './list-incoming.js'
import { filesBeingWritten } from './open-files.js'
import { type Batch, type PerformOptions, performImport, refuseImport } from './perform-import.js'
import { sortOut } from './sort-out.js'
import { StableFileTracker } from './stable-file-tracker.js'
import { readStarterSet } from './starter-set.js'

/** The folder is looked at, not watched: that works on every kind of volume. A file that need not stand still for long is looked at more often. */
const MAX_LOOK_MS = SECOND_MS / 2
/** When it is our trouble and not the files': ClamAV's programs are missing, or the volume fails. */
const RETRY = { firstMs: 2 * SECOND_MS, maxMs: 60 * SECOND_MS }
const MAX_NAMES = 200
/** Of a list in a sentence. */
const MAX_NAMES_TOLD = 20

/** Who asks for what beside uploads. */
export interface ImportRequest {
  readonly importedBy: string
  /** Lets an older version take the place of a newer one. */
  readonly allowOlder: boolean
  /** Paths of sources that are taken out. */
  readonly remove: readonly string[]
}

export interface ImportLoopOptions extends PerformOptions {
  readonly measures: ProfileMeasurements
  readonly starterFolder: string
  readonly stableMs: number
}

/** Takes what was asked for and what people put into `incoming/`, one import after the other. */
export class ImportLoop {
  readonly #options: ImportLoopOptions
  readonly #incoming: string
  readonly #settler: StableFileTracker
  readonly #queue: ImportQueue
  readonly #awaited = new AwaitedBundles()
  readonly #idle: IdleWork
  /** What is still arriving. */
  #waiting: SignatureImport | undefined
  #isStarterDone = false

  constructor(options: ImportLoopOptions) {
    this.#options = options
    this.#incoming = join(options.folder, 'incoming')
    this.#settler = new StableFileTracker(options.stableMs)
    this.#queue = new ImportQueue(options.folder, options.log)
    this.#idle = new IdleWork(options.log)
  }

  /**
   * Takes finished uploads in, and sources out, all or nothing, when their turn comes.
   *
   * @param files stay where they are; nobody needs them there any more.
   * @returns the import's id once it stands in the journal and on disk.
   * @throws GuardError BODY_INVALID for names that are no plain names, are there twice, or are no sources of the head; SIGNATURES_CHANGED when
   * too many imports wait already.
   */
  async importUploads(files: readonly UploadedFile[], { remove, ...who }: ImportRequest): Promise<string> {
    requireUploadNames(files)
    requireListed(remove, this.#options.catalog)
    const source = files.length > 0 ? 'upload' : 'change'
    const entry = newImport({ source, importedBy: who.importedBy, files: files.map(uploadPathOf), removed: [...remove] })
    return this.#order({ entry, allowOlder: who.allowOlder }, files)
  }

  /**
   * Makes a generation of the head with other custom signatures; they are in force when it was published.
   *
   * @throws GuardError SIGNATURES_CHANGED when they were made from another revision than the one in force, or another change waits.
   */
  async changeCustom(wanted: CustomSignatures, importedBy: string): Promise<string> {
    const { journal } = this.#options
    const custom = this.#options.custom.next(wanted, importedBy, new Date())
    if ((await this.#queue.list()).some(({ custom: other, entry }) => other && !journal.hasEnded(entry.importId)))
      throw new GuardError(
        'SIGNATURES_CHANGED',
        'another change of the custom signatures is being made; wait for its end, then load them again',
      )
    const entry = newImport({ source: 'change', importedBy, files: ['custom signatures'] })
    return this.#order({ entry, allowOlder: false, custom }, [])
  }

  /** Makes a generation of the head with another profile; the settings are in force when it was published. */
  changeProfile(settings: SignatureSettings, importedBy: string): Promise<string> {
    const entry = newImport({ source: 'change', importedBy, files: [`profile ${settings.profile}`] })
    return this.#order({ entry, allowOlder: false, settings }, [])
  }

  /** Runs until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.#installStarter(signal)
        await this.#takeOrders(signal)
        await this.#look(signal)
        this.#measureWhenIdle()
        failures = 0
      } catch (error) {
        if (signal.aborted) break
        failures += 1
        const pauseMs = backoffMs(failures, RETRY)
        this.#options.log.error({ error, failures, pauseMs }, 'imports are held up; nothing that was put in is lost')
        await sleep(pauseMs, signal)
      }
      await sleep(Math.min(MAX_LOOK_MS, this.#options.stableMs / 2), signal)
    }
    await this.#idle.stop()
  }

  #measureWhenIdle(): void {
    const { measures, catalog, custom, policy, log } = this.#options
    if (measures.isOf(catalog.head?.generation)) return
    const work = (signal: AbortSignal) =>
      measures.measure({ catalog, custom: custom.current, limits: policy.loadLimits ?? {}, log }, signal)
    this.#idle.begin('measure-profiles', work)
  }

  async #order(order: ImportOrder, files: readonly UploadedFile[]): Promise<string> {
    if ((await this.#queue.list()).length >= MAX_ORDERS)
      throw new GuardError('SIGNATURES_CHANGED', `${MAX_ORDERS} imports wait already; come again when some have ended`)
    const { journal } = this.#options
    // Before the loop can see the order: it may have ended the import by the time that this goes on.
    await journal.put(order.entry)
    try {
      await this.#queue.add(order, files)
    } catch (error) {
      await journal.forget(order.entry.importId)
      throw error
    }
    return order.entry.importId
  }

  /** At the first start the starter set becomes the first generation. */
  async #installStarter(signal: AbortSignal): Promise<void> {
    const { starterFolder, ...options } = this.#options
    const { catalog, log } = options
    if (this.#isStarterDone || catalog.live) return
    const additions = await readStarterSet(starterFolder)
    if (additions.length === 0) log.warn({ starterFolder }, 'there is no starter set; nothing is live before databases are put in')
    const custom = options.custom.current
    const profile = options.settings.current
    // It comes with the image, as engine and golden files do, was tried with them, and a platform waits for it.
    const policy = { ...options.policy, acceptsUnsigned: true, goldenFolders: [] }
    try {
      if (additions.length > 0)
        log.info(await createGeneration({ catalog, additions, custom, profile, policy, log }, signal), 'starter set published')
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal) throw error
      log.error(refusal, 'starter set refused; nothing is live before databases are put in')
    }
    this.#isStarterDone = true
  }

  async #takeOrders(signal: AbortSignal): Promise<void> {
    for (const order of await this.#queue.list()) {
      const root = this.#queue.filesFolder(order.entry.importId)
      const files = (await listIncoming(root)).map((file) => ({ ...file, mayBeOlder: file.mayBeOlder || order.allowOlder }))
      const batch = { ...order, entry: await this.#begin(order.entry), root, files }
      // What was asked for is taken as a whole or not at all.
      const [stray] = sortOut(files).strays
      if (stray) await refuseImport(batch, stray, this.#options)
      else await performImport(batch, this.#options, signal)
      await this.#queue.remove(order.entry.importId)
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    await mkdir(join(this.#incoming, 'yara'), { recursive: true, mode: 0o755 })
    const files = await listIncoming(this.#incoming)
    const settled = withWholeBundles(await this.#closed(this.#settler.look(files, performance.now())), files)
    const isNothingNew = partBundles(settled).every((part) => this.#awaited.isWaiting(part))
    if (isNothingNew) await this.#wait(files.filter((file) => !settled.includes(file)))
    const { wanted, strays } = sortOut(settled)
    for (const stray of strays) await refuseImport(await this.#batchOf(stray.files), stray, this.#options)
    for (const part of partBundles(wanted)) if (!this.#awaited.isWaiting(part)) await this.#take(await this.#batchOf(part), signal)
    for (const { importId } of this.#awaited.forgetAllBut(files)) await this.#options.journal.forget(importId)
  }

  /** Those that nobody writes to any more. */
  async #closed(files: readonly IncomingFile[]): Promise<IncomingFile[]> {
    if (files.length === 0) return []
    const root = await realpath(this.#incoming)
    const written = await filesBeingWritten(new Set(files.map(({ path }) => join(root, path))))
    return files.filter(({ path }) => !written.has(join(root, path)))
  }

  /** Shows what is still arriving. */
  async #wait(files: readonly IncomingFile[]): Promise<void> {
    const { journal, log } = this.#options
    const before = this.#waiting
    if (files.length === 0 && before) await journal.forget(before.importId)
    if (files.length === 0) this.#waiting = undefined
    if (files.length === 0 || before?.files.join('/') === namesOf(files).join('/')) return
    this.#waiting = { ...(before ?? newImport({})), files: namesOf(files) }
    log.info({ importId: this.#waiting.importId, files: this.#waiting.files }, 'waiting for files to be whole')
    await journal.put(this.#waiting)
  }

  async #batchOf(files: readonly IncomingFile[]): Promise<Batch> {
    const awaited = this.#awaited.take(files)
    const entry = await this.#begin({ ...(awaited ?? this.#waiting ?? newImport({})), files: namesOf(files) })
    // The volume that was missing was shown as arriving, by an id of its own.
    if (awaited && this.#waiting) await this.#options.journal.forget(this.#waiting.importId)
    this.#waiting = undefined
    return { entry, root: this.#incoming, files, mayWait: true, onTaken: () => removeTaken(this.#incoming, files) }
  }

  async #begin(entry: SignatureImport): Promise<SignatureImport> {
    await this.#idle.stop()
    const begun: SignatureImport = { ...entry, state: 'checking', message: '' }
    this.#options.log.info({ importId: begun.importId, files: begun.files }, 'import started')
    await this.#options.journal.put(begun)
    return begun
  }

  async #take(batch: Batch, signal: AbortSignal): Promise<void> {
    try {
      if ((await performImport(batch, this.#options, signal)) === 'waiting') this.#awaited.add(batch.files, batch.entry)
    } catch (error) {
      // The next try is the same import.
      this.#waiting = batch.entry
      throw error
    }
  }
}

/** What is taken out is named as the status lists it. @throws GuardError BODY_INVALID */
function requireListed(paths: readonly string[], catalog: Catalog): void {
  const listed = catalog.listSources().map(({ path }) => path)
  const missing = paths.find((path) => !listed.includes(path))
  if (missing === undefined) return
  const names = listed.slice(0, MAX_NAMES_TOLD).join(', ')
  throw new GuardError(
    'BODY_INVALID',
    `${JSON.stringify(missing)} was not brought in, so it cannot be taken out; there are: ${names || 'none'}`,
  )
}

function newImport(known: Partial<SignatureImport>): SignatureImport {
  const [importId, startedAt] = [formatUuid(uuidV7()), new Date().toISOString()]
  const empty = { importId, files: [], state: 'waiting', check: '', message: '', startedAt, endedAt: null, generation: '' }
  return SignatureImport.parse({ ...empty, ...known })
}

function namesOf(files: readonly IncomingFile[]): string[] {
  return files.slice(0, MAX_NAMES).map(({ path }) => path)
}
