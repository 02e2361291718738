import { join } from 'node:path'
import type { CustomSignatures, SignatureImport, SignatureSettings } from '@guardimesh/contracts'
import { GuardError, type Logger, messageOf } from '@guardimesh/kit'
import { createGeneration, type ImportPolicy } from '../build/create-generation.js'
import { isAwaitingVolume } from '../bundle/read-signature-bundle.js'
import type { Catalog } from '../catalog/catalog.js'
import type { CustomSignatureStore } from '../custom/custom-signature-store.js'
import { type Refusal, refusalOf } from '../refusal.js'
import { moveRefused } from './clear-incoming.js'
import type { ImportJournal } from './import-journal.js'
import type { IncomingFile } from './list-incoming.js'

/** Keeps the settings; those of them that say what nodes load are in force once a generation was made with them. */
export interface SettingsKeeper {
  readonly current: SignatureSettings
  keep(settings: SignatureSettings): Promise<void>
}

export interface PerformOptions {
  /** The volume: `refused/` is in it. */
  readonly folder: string
  readonly catalog: Catalog
  readonly journal: ImportJournal
  readonly custom: CustomSignatureStore
  readonly settings: SettingsKeeper
  readonly policy: ImportPolicy
  readonly log: Logger
  /** Told of each import that ended. */
  readonly onEnd: (state: 'published' | 'refused') => void
}

/** What is imported together. */
export interface Batch {
  readonly entry: SignatureImport
  /** Where the files are; their paths are relative to it. */
  readonly root: string
  readonly files: readonly IncomingFile[]
  /** True when another volume of a bundle may still come. */
  readonly mayWait?: boolean
  /** Called when they are in a generation, before anybody is told. */
  readonly onTaken?: () => Promise<void>
  /** Set when they are changed. */
  readonly custom?: CustomSignatures | undefined
  readonly settings?: SignatureSettings | undefined
}

/**
 * Makes a generation of a batch and tells the journal how that ended. What is refused is moved to `refused/`.
 *
 * @returns `waiting` when it is a bundle of which a volume is missing.
 * @throws any error that they are not to blame for; the batch is to be tried again.
 */
export async function performImport(batch: Batch, options: PerformOptions, signal: AbortSignal): Promise<'ended' | 'waiting'> {
  const { journal, log } = options
  let { entry } = batch
  const onSigned = (signedBy: string) => {
    entry = { ...entry, signedBy }
  }
  try {
    const { kind, generation } = await createGeneration(buildOptionsOf(batch, options, onSigned), signal)
    log.info({ importId: entry.importId, generation, kind }, 'import published')
    // After a crash just before this, the same order makes nothing new, and comes here again.
    if (batch.custom) await options.custom.keep(batch.custom)
    if (batch.settings) await options.settings.keep(batch.settings)
    await batch.onTaken?.()
    await journal.put({ ...entry, state: 'published', message: '', endedAt: new Date().toISOString(), generation })
    options.onEnd('published')
    return 'ended'
  } catch (error) {
    signal.throwIfAborted()
    const refusal = refusalOf(error)
    if (!refusal) {
      await journal.put({ ...entry, state: 'waiting', message: `Not taken yet: ${messageOf(error)}`.slice(0, 2000) })
      throw error
    }
    if (batch.mayWait && isAwaitingVolume(error, batch.files[0]?.name ?? '')) {
      log.info({ importId: entry.importId, reason: refusal.message }, 'waiting for another volume')
      await journal.put({ ...entry, state: 'waiting', message: refusal.message })
      return 'waiting'
    }
    await refuseImport({ ...batch, entry }, refusal, options)
    return 'ended'
  }
}

/** Moves the files of a batch to `refused/`. @throws GuardError INTERNAL when they cannot be moved. */
export async function refuseImport(batch: Batch, { check, message }: Refusal, options: PerformOptions): Promise<void> {
  const { folder, journal, log, onEnd } = options
  const { importId, files } = batch.entry
  log.warn({ importId, files, check, message }, 'import refused; the live generation stays')
  try {
    await moveRefused(join(folder, 'refused'), batch.root, { importId, message }, batch.files)
  } catch (error) {
    throw new GuardError('INTERNAL', `what was refused cannot be moved to refused/: ${messageOf(error)}`, { importId }, { cause: error })
  }
  await journal.put({ ...batch.entry, state: 'refused', check, message, endedAt: new Date().toISOString() })
  onEnd('refused')
}

function buildOptionsOf({ entry, root, files, custom, settings }: Batch, options: PerformOptions, onSigned: (signedBy: string) => void) {
  const { catalog, journal, policy, log } = options
  return {
    catalog,
    additions: files.map((file) => ({ ...file, sourcePath: join(root, file.path) })),
    removed: entry.removed,
    custom: custom ?? options.custom.current,
    profile: settings ?? options.settings.current,
    policy,
    log,
    onProgress: (progress: string) => journal.progress(entry.importId, progress),
    onSigned,
  }
}
