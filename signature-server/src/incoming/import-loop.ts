import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { type CustomSignatures, SECOND_MS, SignatureImport, type SignatureSettings } from '@guardimesh/contracts'
import { backoffMs, formatUuid, GuardError, sleep, uuidV7 } from '@guardimesh/kit'
import type { Catalog } from '../catalog/catalog.js'
import { IdleTask } from '../profile-measurements/idle-task.js'
import type { ProfileMeasurements } from '../profile-measurements/profile-measurements.js'
import { classifyFiles } from './classify-files.js'
import { removeImported } from './clear-incoming.js'
import { ImportQueue, MAX_QUEUED_IMPORTS, type QueuedImport, requireUploadNames, type UploadedFile, uploadPathOf } from './import-queue.js'
import { groupByBundle, IncompleteBundles, withCompleteBundles } from './incomplete-bundles.js'
import { type IncomingFile, listIncoming } from './list-incoming.js'
import { findFilesOpenForWriting } from './open-files.js'
import { type ImportBatch, type ImportOptions, performImport, rejectImport } from './perform-import.js'
import { StableFileTracker } from './stable-file-tracker.js'
import { listStarterSet, STARTER_IMPORT_ID, STARTER_IMPORTER, STARTER_POLICY } from './starter-set.js'

/** Polling works on every kind of volume, unlike file system events. A shorter stability period shortens the interval. */
const MAX_POLL_INTERVAL_MS = SECOND_MS / 2
/** Pauses after failures that the files did not cause, such as missing ClamAV programs or a failing volume. */
const RETRY = { firstMs: 2 * SECOND_MS, maxMs: 60 * SECOND_MS }
/** Maximum number of file names in the journal. */
const MAX_NAMES = 200
/** Maximum number of file names in an error message. */
const MAX_NAMES_SHOWN = 20

/** Options of an import that was requested over HTTP. */
export interface ImportRequest {
  readonly importedBy: string
  /** Allows an older version to replace a newer one. */
  readonly allowOlder: boolean
  /** Paths of sources to remove. */
  readonly remove: readonly string[]
}

export interface ImportLoopOptions extends ImportOptions {
  readonly measurements: ProfileMeasurements
  readonly starterFolder: string
  readonly stableMs: number
}

/** Runs queued imports and imports files from `incoming/`, one import at a time. */
export class ImportLoop {
  readonly #options: ImportLoopOptions
  readonly #incoming: string
  readonly #stableFiles: StableFileTracker
  readonly #queue: ImportQueue
  readonly #incomplete = new IncompleteBundles()
  readonly #idleTask: IdleTask
  /** Journal entry of the files that are not stable yet. */
  #waiting: SignatureImport | undefined
  #starter: SignatureImport | undefined
  #isStarterDone = false

  constructor(options: ImportLoopOptions) {
    this.#options = options
    this.#incoming = join(options.folder, 'incoming')
    this.#stableFiles = new StableFileTracker(options.stableMs)
    this.#queue = new ImportQueue(options.folder, options.log)
    this.#idleTask = new IdleTask(options.log)
  }

  /**
   * Queues an import of finished uploads and a removal of sources, which succeed or fail together.
   *
   * @param files are linked into the queue, so that the caller can delete them.
   * @returns the import id, after the import was persisted.
   * @throws GuardError BODY_INVALID for invalid or duplicate names and for sources that do not exist; IMPORT_QUEUE_FULL.
   */
  async importUploads(files: readonly UploadedFile[], { remove, importedBy, allowOlder }: ImportRequest): Promise<string> {
    requireUploadNames(files)
    requireSources(remove, this.#options.catalog)
    const source = files.length > 0 ? 'upload' : 'change'
    const entry = newImport({ source, importedBy, files: files.map(uploadPathOf), removed: [...remove] })
    return this.#enqueue({ entry, allowOlder }, files)
  }

  /**
   * Queues a generation with other custom signatures, which become active when it is published.
   *
   * @throws GuardError SIGNATURES_CHANGED when the change is based on an older revision or another change is queued; IMPORT_QUEUE_FULL.
   */
  async changeCustom(wanted: CustomSignatures, importedBy: string): Promise<string> {
    const { journal } = this.#options
    const custom = this.#options.custom.prepareChange(wanted, importedBy, new Date())
    if ((await this.#queue.list()).some(({ custom: other, entry }) => other && !journal.hasEnded(entry.importId)))
      throw new GuardError(
        'SIGNATURES_CHANGED',
        'another change of the custom signatures is in progress; wait until it has finished, then reload them',
      )
    const entry = newImport({ source: 'change', importedBy, files: ['custom signatures'] })
    return this.#enqueue({ entry, allowOlder: false, custom }, [])
  }

  /** Queues a generation with another profile. The settings become active when it is published. @throws GuardError IMPORT_QUEUE_FULL */
  changeProfile(settings: SignatureSettings, importedBy: string): Promise<string> {
    const entry = newImport({ source: 'change', importedBy, files: [`profile ${settings.profile}`] })
    return this.#enqueue({ entry, allowOlder: false, settings }, [])
  }

  /** Runs until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.#importStarterSet(signal)
        await this.#runQueue(signal)
        await this.#importIncoming(signal)
        this.#scheduleMeasurements()
        failures = 0
      } catch (error) {
        if (signal.aborted) break
        failures += 1
        const pauseMs = backoffMs(failures, RETRY)
        this.#options.log.error({ error, failures, pauseMs }, 'import failed; retrying')
        await sleep(pauseMs, signal)
      }
      await sleep(Math.min(MAX_POLL_INTERVAL_MS, this.#options.stableMs / 2), signal)
    }
    await this.#idleTask.stop()
  }

  #scheduleMeasurements(): void {
    const { measurements, catalog, custom, policy, log } = this.#options
    if (measurements.isFor(catalog.head?.generation)) return
    const measure = (signal: AbortSignal) =>
      measurements.measure({ catalog, custom: custom.current, limits: policy.loadLimits ?? {}, log }, signal)
    this.#idleTask.schedule('measure-profiles', measure)
  }

  async #enqueue(queued: QueuedImport, files: readonly UploadedFile[]): Promise<string> {
    if ((await this.#queue.list()).length >= MAX_QUEUED_IMPORTS)
      throw new GuardError('IMPORT_QUEUE_FULL', `The import queue is full (${MAX_QUEUED_IMPORTS} imports). Retry when some have finished.`)
    const { journal } = this.#options
    // Written first: once the import is queued, the loop may finish it before this function continues.
    await journal.put(queued.entry)
    try {
      await this.#queue.add(queued, files)
    } catch (error) {
      await journal.forget(queued.entry.importId)
      throw error
    }
    return queued.entry.importId
  }

  /** Imports the starter set of the image as the first generation. */
  async #importStarterSet(signal: AbortSignal): Promise<void> {
    const { starterFolder, catalog, log } = this.#options
    if (this.#isStarterDone || catalog.active) return
    const files = await listStarterSet(starterFolder)
    if (files.length === 0) log.warn({ starterFolder }, 'no starter set found; no generation is active until databases are imported')
    else {
      // One id for every start: a starter set that is always rejected is one import and one alert, however often the process restarts.
      this.#starter ??= newImport({ importId: STARTER_IMPORT_ID, importedBy: STARTER_IMPORTER, files: fileNames(files) })
      const entry = await this.#start(this.#starter)
      await performImport({ entry, root: starterFolder, files, isReadOnly: true, policy: STARTER_POLICY }, this.#options, signal)
      const { active } = this.#options.catalog
      if (active) log.info({ generation: active.generation }, 'starter set published')
      else log.error('starter set rejected; no generation is active until databases are imported')
    }
    this.#isStarterDone = true
  }

  async #runQueue(signal: AbortSignal): Promise<void> {
    for (const queued of await this.#queue.list()) {
      const root = this.#queue.filesFolder(queued.entry.importId)
      const listed = await listIncoming(root)
      const files = listed.map((file) => ({ ...file, isDowngradeAllowed: file.isDowngradeAllowed || queued.allowOlder }))
      const batch = { ...queued, entry: await this.#start(queued.entry), root, files }
      // One invalid file rejects the whole import.
      const [rejected] = classifyFiles(files).rejected
      if (rejected) await rejectImport(batch, rejected, this.#options)
      else await performImport(batch, this.#options, signal)
      await this.#queue.remove(queued.entry.importId)
    }
  }

  async #importIncoming(signal: AbortSignal): Promise<void> {
    await mkdir(join(this.#incoming, 'yara'), { recursive: true, mode: 0o755 })
    const files = await listIncoming(this.#incoming)
    const stable = withCompleteBundles(await this.#withoutOpenFiles(this.#stableFiles.update(files, performance.now())), files)
    const hasNothingNew = groupByBundle(stable).every((group) => this.#incomplete.isWaiting(group))
    if (hasNothingNew) await this.#showWaiting(files.filter((file) => !stable.includes(file)))
    const { accepted, rejected } = classifyFiles(stable)
    for (const one of rejected) await rejectImport(await this.#startBatch(one.files), one, this.#options)
    for (const group of groupByBundle(accepted))
      if (!this.#incomplete.isWaiting(group)) await this.#importBatch(await this.#startBatch(group), signal)
    for (const { importId } of this.#incomplete.forgetAllBut(files)) await this.#options.journal.forget(importId)
  }

  async #withoutOpenFiles(files: readonly IncomingFile[]): Promise<IncomingFile[]> {
    if (files.length === 0) return []
    const root = await realpath(this.#incoming)
    const open = await findFilesOpenForWriting(new Set(files.map(({ path }) => join(root, path))))
    return files.filter(({ path }) => !open.has(join(root, path)))
  }

  /** Shows the files that are not stable yet as a waiting import. */
  async #showWaiting(files: readonly IncomingFile[]): Promise<void> {
    const { journal, log } = this.#options
    const before = this.#waiting
    if (files.length === 0 && before) await journal.forget(before.importId)
    if (files.length === 0) this.#waiting = undefined
    if (files.length === 0 || before?.files.join('/') === fileNames(files).join('/')) return
    this.#waiting = { ...(before ?? newImport({})), files: fileNames(files) }
    log.info({ importId: this.#waiting.importId, files: this.#waiting.files }, 'waiting until files are complete')
    await journal.put(this.#waiting)
  }

  async #startBatch(files: readonly IncomingFile[]): Promise<ImportBatch> {
    const incomplete = this.#incomplete.remove(files)
    const entry = await this.#start({ ...(incomplete ?? this.#waiting ?? newImport({})), files: fileNames(files) })
    // While it was arriving, the missing volume was shown as an import of its own.
    if (incomplete && this.#waiting) await this.#options.journal.forget(this.#waiting.importId)
    this.#waiting = undefined
    return { entry, root: this.#incoming, files, mayWait: true, onPublished: () => removeImported(this.#incoming, files) }
  }

  async #start(entry: SignatureImport): Promise<SignatureImport> {
    await this.#idleTask.stop()
    const started: SignatureImport = { ...entry, state: 'checking', message: '' }
    this.#options.log.info({ importId: started.importId, files: started.files }, 'import started')
    await this.#options.journal.put(started)
    return started
  }

  async #importBatch(batch: ImportBatch, signal: AbortSignal): Promise<void> {
    try {
      if ((await performImport(batch, this.#options, signal)) === 'waiting') this.#incomplete.add(batch.files, batch.entry)
    } catch (error) {
      // The retry continues the same journal entry.
      this.#waiting = batch.entry
      throw error
    }
  }
}

/** Checks that the sources to remove exist. @throws GuardError BODY_INVALID */
function requireSources(paths: readonly string[], catalog: Catalog): void {
  const listed = catalog.listSources().map(({ path }) => path)
  const missing = paths.find((path) => !listed.includes(path))
  if (missing === undefined) return
  const names = listed.slice(0, MAX_NAMES_SHOWN).join(', ')
  throw new GuardError('BODY_INVALID', `cannot remove ${JSON.stringify(missing)}: no such source; available: ${names || 'none'}`)
}

function newImport(known: Partial<SignatureImport>): SignatureImport {
  const [importId, startedAt] = [formatUuid(uuidV7()), new Date().toISOString()]
  const empty = { importId, files: [], state: 'waiting', check: '', message: '', startedAt, endedAt: null, generation: '' }
  return SignatureImport.parse({ ...empty, ...known })
}

function fileNames(files: readonly IncomingFile[]): string[] {
  return files.slice(0, MAX_NAMES).map(({ path }) => path)
}
