import { constants } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { unlessMissing } from '@guardimesh/kit'
import { fingerprint, type ImportForm, importFormOf, parseDeltaName, stemOf } from '@guardimesh/signature-format'
import { SOURCES_FOLDER, sourcePathOf } from '../generation/generation-lists.js'
import { isSignedName } from '../generation/signed-name.js'
import { type Source, SourceSet } from '../generation/source-set.js'
import { requireSuccession, type Successor } from '../generation/succession.js'
import { chooseImporter } from '../importers/choose-importer.js'
import { addDelta } from '../importers/delta.js'
import { convertHashList } from '../importers/hash-list.js'
import { refusal } from '../refusal.js'
import { copyWithChecksums } from './copy-file.js'

/** clamd cannot scan, and we need not load, anything larger. */
export const MAX_FILE_BYTES = 2048 * MIB_BYTES
/** A signature with its certificates has a few KiB. */
const MAX_DETACHED_BYTES = 64 * 1024
/** Of a file with checksums; the digits come first. */
const CHECKSUM_LINE_BYTES = 4096
/** What others rely on comes first. */
const ORDER: readonly ImportForm[] = ['container', 'loose', 'rules', 'hash-list', 'delta', 'detached-signature']

/** A file that was brought in. */
export interface Addition extends Successor {
  readonly sourcePath: string
  readonly sizeBytes: number
  /** A trusted key signed the bundle that it came in. */
  readonly isVouched?: boolean
}

export interface CollectOptions {
  /** Where the generation is put together; `sources/` is in it. */
  readonly draft: string
  readonly acceptsUnsigned: boolean
  readonly onProgress: (progress: string) => void
}

/**
 * Proves what was brought in, one file after the other, and puts it to the sources of the head.
 *
 * @param before sources of the head.
 * @returns the sources of the next generation; those that are new lie in the draft.
 * @throws the refusal of the first file that does not hold.
 */
export async function collectSources(
  before: readonly Source[],
  additions: readonly Addition[],
  options: CollectOptions,
  signal: AbortSignal,
): Promise<readonly Source[]> {
  const gathering = new SourceCollection(before, options, signal)
  for (const [n, addition] of inOrder(additions).entries()) {
    options.onProgress(`checking ${addition.name}, file ${n + 1} of ${additions.length}`)
    await gathering.take(addition)
  }
  return gathering.sources
}

function inOrder(additions: readonly Addition[]): Addition[] {
  const rank = ({ kind, name }: Addition) => ORDER.indexOf(importFormOf(kind, name) ?? 'loose')
  const step = ({ name }: Addition) => parseDeltaName(name)?.version ?? 0
  return additions.toSorted((one, other) => rank(one) - rank(other) || step(one) - step(other))
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

  async take(addition: Addition): Promise<void> {
    const form = importFormOf(addition.kind, addition.name)
    if (form === 'hash-list') return this.#takeHashList(addition)
    if (form === 'delta') return this.#addDelta(addition)
    if (form === 'detached-signature') return this.#takeDetached(addition)
    const { sizeBytes, sha256, ...copy } = await this.#copy(addition)
    const { kind, name, mayBeOlder } = addition
    const facts = await chooseImporter(kind, name).prove({ name, mayBeOlder, sizeBytes, ...copy }, this.#signal)
    // Told after what is wrong with the file itself.
    this.#requireVouched(addition)
    requireSuccession(addition, facts.version, this.#before)
    this.#set.put({ kind, name, path: copy.path, sizeBytes, sha256, ...facts })
  }

  async #copy(addition: Addition) {
    const { name, sourcePath } = addition
    const path = join(this.#options.draft, sourcePathOf(addition))
    const copy = await copyWithChecksums(sourcePath, path, MAX_FILE_BYTES, this.#signal)
    requireFileSize(name, copy.sizeBytes)
    await requireChecksum(addition, copy.sha256)
    return { ...copy, path }
  }

  /** What ClamAV's authors signed proves itself. */
  #requireVouched({ name, isVouched }: Addition): void {
    if (this.#options.acceptsUnsigned || isVouched || isSignedName(name)) return
    throw refusal(
      'unsigned',
      `${name} carries no signature that can be proven, and this server takes no such files. Pack it into a signed bundle (guardimesh signatures pack), or let the server take unsigned files.`,
    )
  }

  async #takeHashList(addition: Addition): Promise<void> {
    this.#requireVouched(addition)
    const { name } = addition
    const { path } = await this.#copy(addition)
    const [stem, folder] = [stemOf(name), join(this.#options.draft, SOURCES_FOLDER)]
    const converted = join(this.#options.draft, 'converted')
    await mkdir(converted)
    const made = await convertHashList({ name, path }, join(converted, stem), this.#signal)
    for (const ending of ['hsb', 'hdb']) this.#set.remove('clamav', `${stem}.${ending}`)
    for (const { path: from, ending, signatures } of made) {
      const target = join(folder, `${stem}.${ending}`)
      await rename(from, target)
      this.#set.put({ kind: 'clamav', name: `${stem}.${ending}`, path: target, signatures, ...(await fingerprint(target)) })
    }
    for (const gone of [converted, path]) await rm(gone, { recursive: true })
  }

  async #addDelta(addition: Addition): Promise<void> {
    const { name, sizeBytes } = addition
    const { path, sha256 } = await this.#copy(addition)
    const workFolder = join(this.#options.draft, 'work')
    const delta = { name, path, workFolder, targetFolder: join(this.#options.draft, SOURCES_FOLDER) }
    const made = await addDelta(delta, this.#set, this.#signal)
    if (made) this.#set.put(made)
    this.#set.put({ kind: 'clamav', name, path, sizeBytes, sha256 })
  }

  async #takeDetached(addition: Addition): Promise<void> {
    const { name } = addition
    const { path, sizeBytes, sha256 } = await this.#copy(addition)
    if (sizeBytes === 0 || sizeBytes > MAX_DETACHED_BYTES)
      throw refusal('size', `${name} has ${sizeBytes} bytes; a detached signature has at least one and at most ${MAX_DETACHED_BYTES}.`)
    if (!this.#set.hasSignedFileOf(name))
      throw refusal('digital-signature', `${name} comes without the file that it belongs to. Put that in with it, or leave it out.`)
    this.#set.put({ kind: 'clamav', name, path, sizeBytes, sha256 })
  }
}

/** @throws the refusal of a file that is too large. */
export function requireFileSize(name: string, sizeBytes: number): void {
  if (sizeBytes > MAX_FILE_BYTES) throw refusal('size', `${name} is larger than the ${MAX_FILE_BYTES} bytes that a file may have.`)
}

async function readBeginning(path: string): Promise<string> {
  await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(CHECKSUM_LINE_BYTES) })
  return buffer.toString('latin1', 0, bytesRead)
}

/** A file `<name>.sha256` beside it, as sha256sum writes it, is believed. */
async function requireChecksum({ name, sourcePath }: Addition, sha256: string): Promise<void> {
  const text = await unlessMissing(readBeginning(`${sourcePath}.sha256`), undefined)
  if (text === undefined) return
  const [, expected] = /^\\?([0-9a-fA-F]{64})\b/.exec(text.trim()) ?? []
  if (expected?.toLowerCase() !== sha256)
    throw refusal('checksum', `${name} has SHA-256 ${sha256}, but ${name}.sha256 says ${expected ?? 'nothing readable'}. Copy both again.`)
}
