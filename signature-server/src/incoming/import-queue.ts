import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CustomSignatures, SignatureImport, SignatureSettings } from '@guardimesh/contracts'
import { GuardError, type Logger, messageOf, namesIn, syncFolder, systemCodeOf, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { linkOrCopy, type SignatureKind } from '@guardimesh/signature-format'
import { z } from 'zod'

/** On the volume: one folder for each import that was asked for and has not ended. */
const QUEUE_FOLDER = 'queue'
const ORDER_FILE = 'order.json'
/** Imports that wait; more would only hide that nothing goes on. */
export const MAX_ORDERS = 50

/** An import that somebody asked for: finished uploads, or a change of the custom signatures or the settings. */
const ImportOrder = z.object({
  /** As it is shown; its files are those in `filesFolder`. */
  entry: SignatureImport,
  allowOlder: z.boolean(),
  custom: CustomSignatures.optional(),
  settings: SignatureSettings.optional(),
})
export type ImportOrder = z.infer<typeof ImportOrder>

/** A file that was brought by upload. */
export interface UploadedFile {
  readonly name: string
  readonly kind: SignatureKind
  /** On the volume. */
  readonly path: string
  readonly sizeBytes: number
}

/** What listIncoming looks at; a file that is called .part would be left alone for ever. */
const UPLOAD_NAME = /^(?!.*\.part$)[a-zA-Z0-9][a-zA-Z0-9._-]{0,126}$/

/** Where an upload is in the folder of its order, and what the status calls it. Pure. */
export function uploadPathOf({ kind, name }: Pick<UploadedFile, 'kind' | 'name'>): string {
  return kind === 'yara' ? join('yara', name) : name
}

/** @throws GuardError BODY_INVALID for names that are no plain names, or are there twice. */
export function requireUploadNames(files: readonly UploadedFile[]): void {
  const bad = files.find(({ name }) => !UPLOAD_NAME.test(name))
  if (bad)
    throw new GuardError(
      'BODY_INVALID',
      `${JSON.stringify(bad.name.slice(0, 200))} is no name that can be taken: use letters, digits, ".", "_" and "-"`,
    )
  const paths = files.map(uploadPathOf)
  const twin = paths.find((path, n) => paths.indexOf(path) !== n)
  if (twin !== undefined) throw new GuardError('BODY_INVALID', `there are several uploads called ${twin}; take in the one that you mean`)
}

/** Orders on disk, oldest first, so that a process that is killed does not lose one that was acknowledged. */
export class ImportQueue {
  readonly #volume: string
  readonly #folder: string
  readonly #log: Logger
  /** Orders that are being written, by id. */
  readonly #unwritten = new Set<string>()

  constructor(volume: string, log: Logger) {
    this.#volume = volume
    this.#folder = join(volume, QUEUE_FOLDER)
    this.#log = log
  }

  /** Where the files of an order are, laid out as in `incoming/`. */
  filesFolder(importId: string): string {
    return join(this.#folder, importId, 'files')
  }

  /** Keeps an order and its files, which stay where they are, too: until the order is written its folder counts for nothing. */
  async add(order: ImportOrder, files: readonly UploadedFile[]): Promise<void> {
    const { importId } = order.entry
    this.#unwritten.add(importId)
    try {
      await this.#write(order, files)
    } catch (error) {
      await rm(join(this.#folder, importId), { recursive: true, force: true })
      throw error
    } finally {
      this.#unwritten.delete(importId)
    }
  }

  async #write(order: ImportOrder, files: readonly UploadedFile[]): Promise<void> {
    const { importId } = order.entry
    const folder = this.filesFolder(importId)
    await mkdir(join(folder, 'yara'), { recursive: true, mode: 0o755 })
    for (const file of files) {
      const error = await linkOrCopy(file.path, join(folder, uploadPathOf(file))).catch((error: unknown) => error)
      if (systemCodeOf(error) === 'ENOENT')
        throw new GuardError('UPLOAD_NOT_FOUND', `${file.name} was taken away meanwhile; upload it again`)
      if (error !== undefined) throw error
    }
    for (const changed of [join(folder, 'yara'), folder]) await syncFolder(changed)
    await writeFileDurably(join(this.#folder, importId, ORDER_FILE), `${JSON.stringify(order)}\n`)
    await syncFolder(this.#folder)
  }

  /** Those that have not ended. Ids sort by age. What is none is put away: half-written ones, and those that cannot be read. */
  async list(): Promise<ImportOrder[]> {
    const orders: ImportOrder[] = []
    for (const importId of (await namesIn(this.#folder)).sort()) {
      if (this.#unwritten.has(importId)) continue
      const order = await this.#read(importId)
      if (order) orders.push(order)
    }
    return orders
  }

  async #read(importId: string): Promise<ImportOrder | undefined> {
    const folder = join(this.#folder, importId)
    const text = await unlessMissing(readFile(join(folder, ORDER_FILE), 'utf8'), undefined)
    // It was never acknowledged, and its uploads are where they were.
    if (text === undefined) await rm(folder, { recursive: true, force: true })
    if (text === undefined) return undefined
    try {
      return ImportOrder.parse(JSON.parse(text))
    } catch (error) {
      this.#log.error({ importId, reason: messageOf(error) }, 'an import that waits cannot be read; it is put to refused/, do it again')
      await rename(folder, join(this.#volume, 'refused', importId))
      return undefined
    }
  }

  /** Forgets an order and what is left of its files. */
  async remove(importId: string): Promise<void> {
    // The order goes first: a folder without one counts for nothing.
    await rm(join(this.#folder, importId, ORDER_FILE), { force: true })
    await rm(join(this.#folder, importId), { recursive: true, force: true })
  }
}
