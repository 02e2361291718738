import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CustomSignatures, SignatureImport, SignatureSettings } from '@guardimesh/contracts'
import { GuardError, type Logger, messageOf, namesIn, syncFolder, systemCodeOf, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { linkOrCopy, type SignatureKind } from '@guardimesh/signature-format'
import { z } from 'zod'

/** Folder on the volume with one subfolder per unfinished import. */
const QUEUE_FOLDER = 'queue'
const QUEUED_IMPORT_FILE = 'order.json'
/** Maximum number of queued imports. */
export const MAX_QUEUED_IMPORTS = 50

/** A requested import: finished uploads, or a change of custom signatures or settings. */
const QueuedImport = z.object({
  /** Journal entry; its files are in `filesFolder`. */
  entry: SignatureImport,
  allowOlder: z.boolean(),
  custom: CustomSignatures.optional(),
  settings: SignatureSettings.optional(),
})
export type QueuedImport = z.infer<typeof QueuedImport>

/** An uploaded file. */
export interface UploadedFile {
  readonly name: string
  readonly kind: SignatureKind
  /** Path on the volume. */
  readonly path: string
  readonly sizeBytes: number
}

/** Valid upload names. `listIncoming` ignores *.part, so such a file would never be imported. */
const UPLOAD_NAME = /^(?!.*\.part$)[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/

/** Returns the path of an upload relative to `filesFolder`, which is also its name in the status. Pure. */
export function uploadPathOf({ kind, name }: Pick<UploadedFile, 'kind' | 'name'>): string {
  return kind === 'yara' ? join('yara', name) : name
}

/** @throws GuardError BODY_INVALID for invalid and duplicate names. */
export function requireUploadNames(files: readonly UploadedFile[]): void {
  const bad = files.find(({ name }) => !UPLOAD_NAME.test(name))
  if (bad)
    throw new GuardError(
      'BODY_INVALID',
      `${JSON.stringify(bad.name.slice(0, 200))} is not a valid file name: use letters, digits, ".", "_" and "-"`,
    )
  const paths = files.map(uploadPathOf)
  const duplicate = paths.find((path, n) => paths.indexOf(path) !== n)
  if (duplicate !== undefined) throw new GuardError('BODY_INVALID', `duplicate uploads named ${duplicate}; import only one of them`)
}

/** Persistent queue of imports, oldest first: an acknowledged import survives a crash. */
export class ImportQueue {
  readonly #volume: string
  readonly #folder: string
  readonly #log: Logger
  /** Ids of imports that are being written. */
  readonly #unwritten = new Set<string>()

  constructor(volume: string, log: Logger) {
    this.#volume = volume
    this.#folder = join(volume, QUEUE_FOLDER)
    this.#log = log
  }

  /** Returns the folder of the files of an import, with the layout of `incoming/`. */
  filesFolder(importId: string): string {
    return join(this.#folder, importId, 'files')
  }

  /** Adds an import and links its files. The folder counts as queued once `order.json` is written. */
  async add(queued: QueuedImport, files: readonly UploadedFile[]): Promise<void> {
    const { importId } = queued.entry
    this.#unwritten.add(importId)
    try {
      await this.#write(queued, files)
    } catch (error) {
      await rm(join(this.#folder, importId), { recursive: true, force: true })
      throw error
    } finally {
      this.#unwritten.delete(importId)
    }
  }

  async #write(queued: QueuedImport, files: readonly UploadedFile[]): Promise<void> {
    const { importId } = queued.entry
    const folder = this.filesFolder(importId)
    await mkdir(join(folder, 'yara'), { recursive: true, mode: 0o755 })
    for (const file of files) {
      const error = await linkOrCopy(file.path, join(folder, uploadPathOf(file))).catch((error: unknown) => error)
      if (systemCodeOf(error) === 'ENOENT')
        throw new GuardError('UPLOAD_NOT_FOUND', `${file.name} was removed in the meantime; upload it again`)
      if (error !== undefined) throw error
    }
    for (const changed of [join(folder, 'yara'), folder]) await syncFolder(changed)
    await writeFileDurably(join(this.#folder, importId, QUEUED_IMPORT_FILE), `${JSON.stringify(queued)}\n`)
    await syncFolder(this.#folder)
  }

  /** Lists the queued imports by age, which ids sort by. Removes incomplete folders and moves invalid ones to `refused/`. */
  async list(): Promise<QueuedImport[]> {
    const imports: QueuedImport[] = []
    for (const importId of (await namesIn(this.#folder)).sort()) {
      if (this.#unwritten.has(importId)) continue
      const queued = await this.#read(importId)
      if (queued) imports.push(queued)
    }
    return imports
  }

  async #read(importId: string): Promise<QueuedImport | undefined> {
    const folder = join(this.#folder, importId)
    const text = await unlessMissing(readFile(join(folder, QUEUED_IMPORT_FILE), 'utf8'), undefined)
    // Never acknowledged: the uploads still exist.
    if (text === undefined) await rm(folder, { recursive: true, force: true })
    if (text === undefined) return undefined
    try {
      return QueuedImport.parse(JSON.parse(text))
    } catch (error) {
      this.#log.error({ importId, reason: messageOf(error) }, 'invalid queued import moved to refused/; repeat the import')
      await rename(folder, join(this.#volume, 'refused', importId))
      return undefined
    }
  }

  /** Removes an import and its remaining files. */
  async remove(importId: string): Promise<void> {
    // Removed first: a folder without it does not count as queued.
    await rm(join(this.#folder, importId, QUEUED_IMPORT_FILE), { force: true })
    await rm(join(this.#folder, importId), { recursive: true, force: true })
  }
}
