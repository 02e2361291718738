import { readFile, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type CustomSignatures, MIB_BYTES, type SignatureManifest, type SignatureSettings } from '@guardimesh/contracts'
import {
  errorCodeOf,
  generationNameOf,
  isSameFiles,
  type Logger,
  linkOrCopy,
  MAX_SIGNATURE_FILES,
  makeDraft,
  messageOf,
  type SignatureFile,
  sortedByPath,
  testLoad,
  unlessMissing,
} from '@guardimesh/kit'
import { chooseImporter } from '../importers/choose-importer.js'
import { noSpace, refusal } from '../importers/refusal.js'
import type { Catalog } from './catalog.js'
import { copyWithChecksums } from './copy-file.js'
import { isReplacedBy, requireSuccession, type Successor } from './succession.js'

/** clamd cannot scan, and we need not load, anything larger. */
const MAX_FILE_BYTES = 2048 * MIB_BYTES
/** The official set takes 0.3 GiB; a node keeps three generations. */
const MAX_GENERATION_BYTES = 4 * MAX_FILE_BYTES
/** Manifest and folders. */
const SPARE_BYTES = 256 * 1024
/** What no signature may call infected. */
const HARMLESS = Buffer.from('This harmless text shows that a new generation of signatures has been loaded.\n')

/** A file that is to be in the next generation. */
export interface Addition extends Successor {
  readonly sourcePath: string
  readonly sizeBytes: number
}

/** What this installation demands of imports. */
export interface ImportPolicy {
  /** False when only what carries a signature that can be proven is taken. */
  readonly takesUnsigned: boolean
  /** Folders whose files no signature may call infected, besides `golden/` on the volume. */
  readonly goldenFolders: readonly string[]
}

export interface BuildOptions {
  readonly catalog: Catalog
  readonly additions: readonly Addition[]
  readonly custom: CustomSignatures
  readonly profile: Pick<SignatureSettings, 'profile' | 'profileFiles'>
  readonly policy: ImportPolicy
  readonly log: Logger
  /** Told what is being done, one sentence with figures. */
  readonly onProgress?: (progress: string) => void
}

/** What became of it. */
export type Built =
  | { readonly kind: 'unchanged'; readonly generation: string }
  | { readonly kind: 'published'; readonly generation: string }

/**
 * Proves files and publishes a generation of the live one and them. Until it is published nothing but a draft is written, which is removed
 * when anything fails.
 *
 * @throws the refusal (`refusalOf`) when a file does not hold, GuardError ENGINE_UNAVAILABLE when ClamAV's programs are missing.
 */
export async function buildGeneration({ catalog, additions, log }: BuildOptions, signal: AbortSignal): Promise<Built> {
  const { live } = catalog
  const kept = (live?.files ?? []).filter((file) => !additions.some((addition) => isReplacedBy(file, addition)))
  requireBounds(kept, additions)
  await requireSpace(catalog.folder, additions)
  const now = new Date()
  const draft = await makeDraft(catalog.folder, `${now.getTime()}-${process.pid}`)
  try {
    const added: SignatureFile[] = []
    for (const addition of additions) added.push(await addFile(draft, addition, live, signal))
    const files = sortedByPath([...kept, ...added])
    if (live && isSameFiles(files, live.files)) return { kind: 'unchanged', generation: live.generation }
    for (const file of kept) await linkOrCopy(catalog.pathOf(live?.generation ?? '', file), join(draft, file.path))
    log.info({ files: files.length, added: added.map(({ path }) => path) }, 'files proven; loading all for a test')
    await requireLoad(draft, files, signal)
    const generation = generationNameOf(files, now)
    log.info({ generation }, 'test load passed; publishing')
    await catalog.publish(draft, { generation, builtAt: now.toISOString(), files })
    return { kind: 'published', generation }
  } finally {
    // Nothing is there any more once it was published.
    await rm(draft, { recursive: true, force: true })
  }
}

function requireBounds(kept: readonly SignatureFile[], additions: readonly Addition[]): void {
  const fileCount = kept.length + additions.length
  if (fileCount > MAX_SIGNATURE_FILES)
    throw refusal('size', `The generation would have ${fileCount} files, at most ${MAX_SIGNATURE_FILES} are taken. Put fewer in.`)
  for (const { name, sizeBytes } of additions) requireFileSize(name, sizeBytes)
  const sizeBytes = [...kept, ...additions].reduce((sum, file) => sum + file.sizeBytes, 0)
  if (sizeBytes > MAX_GENERATION_BYTES)
    throw refusal('size', `The generation would have ${sizeBytes} bytes, at most ${MAX_GENERATION_BYTES} are taken. Put less in.`)
}

function requireFileSize(name: string, sizeBytes: number): void {
  if (sizeBytes > MAX_FILE_BYTES) throw refusal('size', `${name} is larger than the ${MAX_FILE_BYTES} bytes that a file may have.`)
}

/** Told before the volume is full to its last byte. */
async function requireSpace(folder: string, additions: readonly Addition[]): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const neededBytes = additions.reduce((sum, { sizeBytes }) => sum + sizeBytes, SPARE_BYTES)
  if (bavail * bsize >= neededBytes) return
  const { check, message } = noSpace(neededBytes, bavail * bsize)
  throw refusal(check, message)
}

async function addFile(
  draft: string,
  addition: Addition,
  live: SignatureManifest | undefined,
  signal: AbortSignal,
): Promise<SignatureFile> {
  const { kind, name, sourcePath } = addition
  const path = `${kind}/${name}`
  const target = join(draft, path)
  const copy = await copyWithChecksums(sourcePath, target, MAX_FILE_BYTES, signal)
  requireFileSize(name, copy.sizeBytes)
  await requireChecksum(addition, copy.sha256)
  const facts = await chooseImporter(kind, name).prove({ name, path: target, ...copy }, signal)
  requireSuccession(addition, facts.version, live?.files ?? [])
  return { path, sizeBytes: copy.sizeBytes, sha256: copy.sha256, ...facts }
}

/** A file `<name>.sha256` beside it, as sha256sum writes it, is believed. */
async function requireChecksum({ name, sourcePath }: Addition, sha256: string): Promise<void> {
  const text = await unlessMissing(readFile(`${sourcePath}.sha256`, 'latin1'), undefined)
  if (text === undefined) return
  const [, expected] = /^\\?([0-9a-fA-F]{64})\b/.exec(text.trim()) ?? []
  if (expected?.toLowerCase() !== sha256)
    throw refusal('checksum', `${name} has SHA-256 ${sha256}, but ${name}.sha256 says ${expected ?? 'nothing readable'}. Copy both again.`)
}

/** Loads the whole generation in a process of its own. */
async function requireLoad(draft: string, files: readonly SignatureFile[], signal: AbortSignal): Promise<void> {
  if (!files.some(({ path }) => path.startsWith('clamav/'))) return
  const databaseFolder = join(draft, 'clamav')
  try {
    const found = await testLoad({ databaseFolder, content: HARMLESS }, signal)
    if (found !== undefined) throw refusal('test-load', `The signature ${found} calls a harmless text infected. Leave its file out.`)
  } catch (error) {
    if (errorCodeOf(error) !== 'SIGNATURES_INVALID') throw error
    throw refusal('test-load', messageOf(error).replaceAll(`${databaseFolder}/`, ''), error)
  }
}
