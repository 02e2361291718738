import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { SECOND_MS, SignatureImport } from '@guardimesh/contracts'
import { backoffMs, formatUuid, GuardError, type Logger, messageOf, sleep, uuidV7 } from '@guardimesh/kit'
import { buildGeneration } from '../catalog/build-generation.js'
import type { Catalog } from '../catalog/catalog.js'
import type { ImportJournal } from '../catalog/import-journal.js'
import { type Refusal, refusalOf } from '../importers/refusal.js'
import { moveRefused, removeTaken } from './clear-incoming.js'
import { type IncomingFile, listIncoming } from './list-incoming.js'
import { filesBeingWritten } from './open-files.js'
import { Settler } from './settler.js'
import { sortOut } from './sort-out.js'
import { readStarterSet } from './starter-set.js'

/** The folder is looked at, not watched: that works on every kind of volume. A file that need not stand still for long is looked at more often. */
const MAX_LOOK_MS = SECOND_MS / 2
/** When it is our trouble and not the files': ClamAV's programs are missing, or the volume fails. */
const RETRY = { firstMs: 2 * SECOND_MS, maxMs: 60 * SECOND_MS }
const MAX_NAMES = 200

export interface ImportLoopOptions {
  /** The volume: `incoming/` and `refused/` are in it. */
  readonly folder: string
  readonly starterFolder: string
  readonly stableMs: number
  readonly catalog: Catalog
  readonly journal: ImportJournal
  readonly log: Logger
  /** Told of each import that ended. */
  readonly onEnd: (state: 'published' | 'refused') => void
}

/** Takes what people put into `incoming/`, one import after the other. */
export class ImportLoop {
  readonly #options: ImportLoopOptions
  readonly #incoming: string
  readonly #settler: Settler
  /** What is still arriving. */
  #waiting: SignatureImport | undefined
  #isStarterDone = false

  constructor(options: ImportLoopOptions) {
    this.#options = options
    this.#incoming = join(options.folder, 'incoming')
    this.#settler = new Settler(options.stableMs)
  }

  /** Runs until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.#installStarter(signal)
        await this.#look(signal)
        failures = 0
      } catch (error) {
        if (signal.aborted) return
        failures += 1
        const pauseMs = backoffMs(failures, RETRY)
        this.#options.log.error({ error, failures, pauseMs }, 'imports are held up; nothing in incoming/ is lost')
        await sleep(pauseMs, signal)
      }
      await sleep(Math.min(MAX_LOOK_MS, this.#options.stableMs / 2), signal)
    }
  }

  /** At the first start the starter set becomes the first generation. */
  async #installStarter(signal: AbortSignal): Promise<void> {
    const { catalog, starterFolder, log } = this.#options
    if (this.#isStarterDone || catalog.live) return
    const additions = await readStarterSet(starterFolder)
    if (additions.length === 0) log.warn({ starterFolder }, 'there is no starter set; nothing is live before databases are put in')
    try {
      if (additions.length > 0) log.info(await buildGeneration({ catalog, additions, log }, signal), 'starter set published')
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal) throw error
      log.error(refusal, 'starter set refused; nothing is live before databases are put in')
    }
    this.#isStarterDone = true
  }

  async #look(signal: AbortSignal): Promise<void> {
    await mkdir(join(this.#incoming, 'yara'), { recursive: true, mode: 0o755 })
    const files = await listIncoming(this.#incoming)
    const settled = await this.#closed(this.#settler.look(files, performance.now()))
    if (settled.length === 0) return this.#wait(files)
    const { wanted, strays } = sortOut(settled)
    for (const stray of strays) await this.#refuse(await this.#begin(stray.files), stray, stray.files)
    if (wanted.length > 0) await this.#take(wanted, signal)
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
    this.#waiting = { ...(before ?? newImport()), files: namesOf(files) }
    log.info({ importId: this.#waiting.importId, files: this.#waiting.files }, 'waiting for files to be whole')
    await journal.put(this.#waiting)
  }

  async #begin(files: readonly IncomingFile[]): Promise<SignatureImport> {
    const { journal, log } = this.#options
    const entry: SignatureImport = { ...(this.#waiting ?? newImport()), state: 'checking', files: namesOf(files), message: '' }
    this.#waiting = undefined
    log.info({ importId: entry.importId, files: entry.files }, 'import started')
    await journal.put(entry)
    return entry
  }

  async #take(files: readonly IncomingFile[], signal: AbortSignal): Promise<void> {
    const { catalog, journal, log, onEnd } = this.#options
    const entry = await this.#begin(files)
    const additions = files.map((file) => ({ ...file, sourcePath: join(this.#incoming, file.path) }))
    try {
      const { kind, generation } = await buildGeneration({ catalog, additions, log }, signal)
      log.info({ importId: entry.importId, generation, kind }, 'import published')
      await removeTaken(this.#incoming, files)
      await journal.put({ ...entry, state: 'published', endedAt: new Date().toISOString(), generation })
      onEnd('published')
    } catch (error) {
      signal.throwIfAborted()
      const refusal = refusalOf(error)
      if (refusal) return this.#refuse(entry, refusal, files)
      this.#waiting = { ...entry, state: 'waiting', message: `Not taken yet: ${messageOf(error)}`.slice(0, 2000) }
      await journal.put(this.#waiting)
      throw error
    }
  }

  async #refuse(entry: SignatureImport, { check, message }: Refusal, files: readonly IncomingFile[]): Promise<void> {
    const { folder, journal, log, onEnd } = this.#options
    const { importId } = entry
    log.warn({ importId, files: entry.files, check, message }, 'import refused; the live generation stays')
    try {
      await moveRefused(join(folder, 'refused'), this.#incoming, { importId, message }, files)
    } catch (error) {
      throw new GuardError('INTERNAL', `what was refused cannot be moved to refused/: ${messageOf(error)}`, { importId }, { cause: error })
    }
    await journal.put({ ...entry, state: 'refused', check, message, endedAt: new Date().toISOString() })
    onEnd('refused')
  }
}

function newImport(): SignatureImport {
  const [importId, startedAt] = [formatUuid(uuidV7()), new Date().toISOString()]
  return SignatureImport.parse({ importId, files: [], state: 'waiting', check: '', message: '', startedAt, endedAt: null, generation: '' })
}

function namesOf(files: readonly IncomingFile[]): string[] {
  return files.slice(0, MAX_NAMES).map(({ path }) => path)
}
