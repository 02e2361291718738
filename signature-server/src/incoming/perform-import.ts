import { join } from 'node:path'
import { type CustomSignatures, MAX_NOTICE_CHARS, MAX_NOTICES, type SignatureImport, type SignatureSettings } from '@guardimesh/contracts'
import { GuardError, type Logger, messageOf } from '@guardimesh/kit'
import { createGeneration, type ImportPolicy } from '../build/create-generation.js'
import { isAwaitingVolume } from '../bundle/read-signature-bundle.js'
import type { Catalog } from '../catalog/catalog.js'
import type { CustomSignatureStore } from '../custom/custom-signature-store.js'
import { type Refusal, refusalOf } from '../refusal.js'
import { moveRejected } from './clear-incoming.js'
import type { ImportJournal } from './import-journal.js'
import type { IncomingFile } from './list-incoming.js'

/** Access to the settings. A changed profile is saved once a generation with it was published. */
export interface SettingsStore {
  readonly current: SignatureSettings
  save(settings: SignatureSettings): Promise<void>
}

export interface ImportOptions {
  /** The volume; it contains `refused/`. */
  readonly folder: string
  readonly catalog: Catalog
  readonly journal: ImportJournal
  readonly custom: CustomSignatureStore
  readonly settings: SettingsStore
  readonly policy: ImportPolicy
  readonly log: Logger
  /** Called for each import that ended. */
  readonly onEnd: (state: 'published' | 'refused') => void
}

/** Files and changes of one import. */
export interface ImportBatch {
  readonly entry: SignatureImport
  /** Folder that the paths of the files are relative to. */
  readonly root: string
  readonly files: readonly IncomingFile[]
  /** True when missing volumes of a bundle may still arrive. */
  readonly mayWait?: boolean
  /** True when rejected files stay where they are. */
  readonly isReadOnly?: boolean
  /** Exceptions from the policy of this installation. */
  readonly policy?: Partial<ImportPolicy>
  /** Called after publication, before the journal is updated. */
  readonly onPublished?: () => Promise<void>
  /** Set when the import changes them. */
  readonly custom?: CustomSignatures | undefined
  readonly settings?: SignatureSettings | undefined
}

/**
 * Publishes a generation from a batch and records the outcome in the journal. Moves rejected files to `refused/`.
 *
 * @returns `waiting` when a volume of the bundle is missing.
 * @throws any error that the files did not cause; the caller retries the batch.
 */
export async function performImport(batch: ImportBatch, options: ImportOptions, signal: AbortSignal): Promise<'ended' | 'waiting'> {
  const { journal, log } = options
  let { entry } = batch
  const onSigned = (signedBy: string) => {
    entry = { ...entry, signedBy }
  }
  const notices: string[] = []
  const onNotice = (notice: string) => void notices.push(notice.slice(0, MAX_NOTICE_CHARS))
  try {
    const { kind, generation } = await createGeneration({ ...generationOptionsFor(batch, options), onSigned, onNotice }, signal)
    entry = { ...entry, notices: notices.slice(0, MAX_NOTICES) }
    if (notices.length > 0) log.warn({ importId: entry.importId, notices: entry.notices }, 'imported in part')
    log.info({ importId: entry.importId, generation, kind }, 'import published')
    // After a crash at this point, the retry of the import finds nothing to change and continues here.
    if (batch.custom) await options.custom.save(batch.custom)
    if (batch.settings) await options.settings.save(batch.settings)
    await batch.onPublished?.()
    await journal.put({ ...entry, state: 'published', message: '', endedAt: new Date().toISOString(), generation })
    options.onEnd('published')
    return 'ended'
  } catch (error) {
    signal.throwIfAborted()
    const refusal = refusalOf(error)
    if (!refusal) {
      await journal.put({ ...entry, state: 'waiting', message: `Import failed, retrying: ${messageOf(error)}`.slice(0, 2000) })
      throw error
    }
    if (batch.mayWait && isAwaitingVolume(error, batch.files[0]?.name ?? '')) {
      log.info({ importId: entry.importId, reason: refusal.message }, 'waiting for another volume of the bundle')
      await journal.put({ ...entry, state: 'waiting', message: refusal.message })
      return 'waiting'
    }
    await rejectImport({ ...batch, entry }, refusal, options)
    return 'ended'
  }
}

/** Records the rejection and moves the files of a batch to `refused/`. @throws GuardError INTERNAL when they cannot be moved. */
export async function rejectImport(batch: ImportBatch, { check, message }: Refusal, options: ImportOptions): Promise<void> {
  const { folder, journal, log, onEnd } = options
  const { importId, files } = batch.entry
  log.warn({ importId, files, check, message }, 'import rejected; the active generation is unchanged')
  try {
    if (!batch.isReadOnly) await moveRejected(join(folder, 'refused'), batch.root, { importId, message }, batch.files)
  } catch (error) {
    throw new GuardError('INTERNAL', `failed to move rejected files to refused/: ${messageOf(error)}`, { importId }, { cause: error })
  }
  await journal.put({ ...batch.entry, state: 'refused', check, message, endedAt: new Date().toISOString() })
  onEnd('refused')
}

function generationOptionsFor(batch: ImportBatch, options: ImportOptions) {
  const { entry, root, files, custom, settings } = batch
  const { catalog, journal, log } = options
  return {
    catalog,
    additions: files.map((file) => ({ ...file, sourcePath: join(root, file.path) })),
    removed: entry.removed,
    custom: custom ?? options.custom.current,
    profile: settings ?? options.settings.current,
    policy: { ...options.policy, ...batch.policy },
    log,
    onProgress: (progress: string) => journal.progress(entry.importId, progress),
  }
}
