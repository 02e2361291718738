import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { TextEncodingError } from '@guardimesh/kit'
import {
  fingerprint,
  type ImportForm,
  importFormOf,
  type LoadLimits,
  normalizeTextFile,
  parseDeltaName,
  stemOf,
} from '@guardimesh/signature-format'
import { SOURCES_FOLDER, sourcePathOf } from '../generation/generation-lists.js'
import { type Replacement, requireNoDowngrade } from '../generation/replacement.js'
import { isSignedName } from '../generation/signed-name.js'
import { type Source, SourceSet } from '../generation/source-set.js'
import { chooseImporter } from '../importers/choose-importer.js'
import { addDelta } from '../importers/delta.js'
import { convertHashList } from '../importers/hash-list.js'
import { refusal } from '../refusal.js'
import { requireChecksum } from './checksum-file.js'
import { copyWithChecksums } from './copy-file.js'

/** Maximum size of one file: clamd does not support larger ones. */
export const MAX_FILE_BYTES = 2048 * MIB_BYTES
/** Maximum size of a detached signature; with its certificates it has a few KiB. */
const MAX_DETACHED_BYTES = 64 * 1024
/** Import order: deltas and detached signatures need their databases first. */
const ORDER: readonly ImportForm[] = ['container', 'loose', 'rules', 'hash-list', 'delta', 'detached-signature']

/** A file to import. */
export interface Addition extends Replacement {
  readonly sourcePath: string
  readonly sizeBytes: number
  /** True when the file comes from a bundle signed with a trusted key. */
  readonly isFromTrustedBundle?: boolean
}

export interface CollectOptions {
  /** Folder of the draft; it contains `sources/`. */
  readonly draft: string
  readonly acceptsUnsigned: boolean
  readonly loadLimits: LoadLimits
  readonly onProgress: (progress: string) => void
  /** Receives what was imported in part only. */
  readonly onNotice: (notice: string) => void
}

/**
 * Verifies imported files one after the other and merges them with the sources of the head.
 *
 * @param before sources of the head that the next generation is based on.
 * @returns the sources of the next generation; new ones are in the draft.
 * @throws the refusal of the first invalid file.
 */
export async function collectSources(
  before: readonly Source[],
  additions: readonly Addition[],
  options: CollectOptions,
  signal: AbortSignal,
): Promise<readonly Source[]> {
  const collection = new SourceCollection(before, options, signal)
  for (const [n, addition] of inOrder(additions).entries()) {
    options.onProgress(`checking ${addition.name}, file ${n + 1} of ${additions.length}`)
    await collection.add(addition)
  }
  return collection.sources
}

function inOrder(additions: readonly Addition[]): Addition[] {
  const rank = ({ kind, name }: Addition) => ORDER.indexOf(importFormOf(kind, name) ?? 'loose')
  const deltaVersion = ({ name }: Addition) => parseDeltaName(name)?.version ?? 0
  return additions.toSorted((one, other) => rank(one) - rank(other) || deltaVersion(one) - deltaVersion(other))
}

class SourceCollection {
  readonly #before: readonly Source[]
  readonly #set: SourceSet
  readonly #options: CollectOptions
  readonly #signal: AbortSignal

  constructor(before: readonly Source[], options: CollectOptions, signal: AbortSignal) {
    this.#before = before
    this.#set = new SourceSet(before)
    this.#options = options
    this.#signal = signal
  }

  get sources(): readonly Source[] {
    return this.#set.kept
  }

  async add(addition: Addition): Promise<void> {
    const form = importFormOf(addition.kind, addition.name)
    if (form === 'hash-list') return this.#addHashList(addition)
    if (form === 'delta') return this.#addDelta(addition)
    if (form === 'detached-signature') return this.#addDetachedSignature(addition)
    const { sizeBytes, sha256, ...copy } = await this.#copy(addition)
    const { kind, name, isDowngradeAllowed } = addition
    const importer = chooseImporter(kind, name)
    const candidate = { name, isDowngradeAllowed, sizeBytes, ...copy, loadLimits: this.#options.loadLimits }
    const { notices = [], signatures, ...facts } = await importer.verify(candidate, this.#signal)
    notices.forEach(this.#options.onNotice)
    // Checked last: errors in the file itself are more helpful.
    this.#requireSignature(addition)
    requireNoDowngrade(addition, facts.version, this.#before)
    this.#set.put({ kind, name, path: copy.path, sizeBytes, sha256, ...facts, ...(signatures !== undefined && { signatures }) })
  }

  async #copy(addition: Addition) {
    const { name, sourcePath } = addition
    const path = join(this.#options.draft, sourcePathOf(addition))
    const copy = await copyWithChecksums(sourcePath, path, MAX_FILE_BYTES, this.#signal)
    requireFileSize(name, copy.sizeBytes)
    await requireChecksum(addition, copy.sha256)
    const isRewritten = isTextFile(addition) && (await normalizeText(name, path))
    return { ...copy, path, ...(isRewritten && (await fingerprint(path))) }
  }

  /** Databases signed by ClamAV's authors need no bundle signature. */
  #requireSignature({ name, isFromTrustedBundle: isVouched }: Addition): void {
    if (this.#options.acceptsUnsigned || isVouched || isSignedName(name)) return
    throw refusal(
      'unsigned',
      `${name} has no signature that can be verified, and this server does not accept unsigned files. Pack it into a signed bundle (guardimesh signatures pack), or allow unsigned files.`,
    )
  }

  async #addHashList(addition: Addition): Promise<void> {
    this.#requireSignature(addition)
    const { name } = addition
    const { path } = await this.#copy(addition)
    const [stem, folder] = [stemOf(name), join(this.#options.draft, SOURCES_FOLDER)]
    const converted = join(this.#options.draft, 'converted')
    await mkdir(converted)
    const { databases, notices } = await convertHashList({ name, path }, join(converted, stem), this.#signal)
    notices.forEach(this.#options.onNotice)
    for (const ending of ['hsb', 'hdb']) this.#set.remove('clamav', `${stem}.${ending}`)
    for (const { path: from, ending, signatures } of databases) {
      const target = join(folder, `${stem}.${ending}`)
      await rename(from, target)
      this.#set.put({ kind: 'clamav', name: `${stem}.${ending}`, path: target, signatures, ...(await fingerprint(target)) })
    }
    for (const temporary of [converted, path]) await rm(temporary, { recursive: true })
  }

  async #addDelta(addition: Addition): Promise<void> {
    const { name, sizeBytes } = addition
    const { path, sha256 } = await this.#copy(addition)
    const workFolder = join(this.#options.draft, 'work')
    const delta = { name, path, workFolder, targetFolder: join(this.#options.draft, SOURCES_FOLDER) }
    const container = await addDelta(delta, this.#set, this.#signal)
    if (container) this.#set.put(container)
    this.#set.put({ kind: 'clamav', name, path, sizeBytes, sha256 })
  }

  async #addDetachedSignature(addition: Addition): Promise<void> {
    const { name } = addition
    const { path, sizeBytes, sha256 } = await this.#copy(addition)
    if (sizeBytes === 0 || sizeBytes > MAX_DETACHED_BYTES)
      throw refusal('size', `${name} has ${sizeBytes} bytes; a detached signature has 1 to ${MAX_DETACHED_BYTES} bytes.`)
    if (!this.#set.hasSignedFileOf(name))
      throw refusal('digital-signature', `${name} has no matching database or delta. Import that file too, or leave the signature out.`)
    this.#set.put({ kind: 'clamav', name, path, sizeBytes, sha256 })
  }
}

/** @throws the refusal when the file is too large. */
export function requireFileSize(name: string, sizeBytes: number): void {
  if (sizeBytes > MAX_FILE_BYTES) throw refusal('size', `${name} is too large (maximum ${MAX_FILE_BYTES} bytes).`)
}

/** True for formats that users write as text. `.cat` is the only binary format of ClamAV that is not a container. */
function isTextFile({ kind, name }: Addition): boolean {
  return ['loose', 'rules', 'hash-list'].includes(importFormOf(kind, name) ?? '') && !name.endsWith('.cat')
}

/** @returns true when the file was rewritten. @throws the refusal for UTF-16. */
async function normalizeText(name: string, path: string): Promise<boolean> {
  try {
    return await normalizeTextFile(path)
  } catch (error) {
    if (!(error instanceof TextEncodingError)) throw error
    throw refusal('text', `${name} cannot be read: ${error.message}.`, error)
  }
}
