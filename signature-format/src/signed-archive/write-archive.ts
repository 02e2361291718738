import { createHash, type KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { GuardError, messageOf } from '@guardimesh/kit'
import { fingerprint } from '../signatures/signature-file.js'
import { type ArchiveFile, type ArchiveForm, type ArchiveList, parseArchiveList } from './archive-form.js'
import { compress } from './compression.js'
import { signList } from './signing-key.js'
import { paddingBytes, TAR_END, tarHeader } from './tar-format.js'
import { VolumeWriter } from './volumes.js'

/** A local file and its path in the archive. */
export interface SourceFile {
  readonly path: string
  readonly source: string
}

export interface WriteOptions<List extends ArchiveList> {
  readonly form: ArchiveForm<List>
  /** Files in the order of the archive. */
  readonly sources: readonly SourceFile[]
  /** Builds the list, which is written as JSON, from the hashed files. */
  readonly listOf: (files: readonly ArchiveFile[]) => unknown
  /** Returns the path of the archive for its list. */
  readonly pathOf: (list: List) => string
  readonly privateKey: KeyObject
  readonly volumeSizeBytes: number
  /** Receives a description of the current activity for each file. */
  readonly onProgress?: ((activity: string) => void) | undefined
}

export interface WrittenArchive<List extends ArchiveList> {
  readonly list: List
  /** Paths of the volumes, in order. */
  readonly volumes: readonly string[]
}

/**
 * Writes a signed archive reproducibly and in constant memory. Reads all files twice, because their digests are at the start of the
 * archive.
 *
 * @throws GuardError ARCHIVE_INVALID when a reader would reject the list, CONFIG_INVALID when a file is missing or changes in the meantime.
 */
export async function writeArchive<List extends ArchiveList>(options: WriteOptions<List>): Promise<WrittenArchive<List>> {
  const files: ArchiveFile[] = []
  for (const { path, source } of options.sources) {
    options.onProgress?.(`hash ${path}`)
    files.push({ path, ...(await hashOf(source)) })
  }
  const bytes = Buffer.from(`${JSON.stringify(options.listOf(files), null, 2)}\n`)
  // Do not write an archive that readers would reject.
  const list = parseArchiveList(options.form, bytes)
  const path = options.pathOf(list)
  await mkdir(dirname(path), { recursive: true })
  const writer = new VolumeWriter(path, options.volumeSizeBytes)
  try {
    for await (const chunk of compress(archive(options, bytes, files))) await writer.write(chunk)
    return { list, volumes: await writer.finish() }
  } catch (error) {
    await writer.abort()
    throw error
  }
}

async function hashOf(source: string): Promise<Omit<ArchiveFile, 'path'>> {
  return fingerprint(source).catch((error: unknown) => {
    throw new GuardError('CONFIG_INVALID', `A file of the bundle is missing: ${messageOf(error)}.`, {}, { cause: error })
  })
}

async function* archive<List extends ArchiveList>(
  { form, sources, privateKey, onProgress }: WriteOptions<List>,
  list: Buffer,
  files: readonly ArchiveFile[],
): AsyncGenerator<Buffer> {
  yield* smallFile(form, form.listPath, list)
  yield* smallFile(form, form.signaturePath, signList(list, privateKey))
  for (const [index, file] of files.entries()) {
    onProgress?.(`pack ${file.path}`)
    yield tarHeader({ path: file.path, sizeBytes: file.sizeBytes, mode: form.modeOf(file.path) })
    yield* unchanged(file, sources[index]?.source ?? '')
    yield Buffer.alloc(paddingBytes(file.sizeBytes))
  }
  yield TAR_END
}

function* smallFile(form: Pick<ArchiveForm<ArchiveList>, 'modeOf'>, path: string, content: Buffer): Generator<Buffer> {
  yield tarHeader({ path, sizeBytes: content.length, mode: form.modeOf(path) })
  yield content
  yield Buffer.alloc(paddingBytes(content.length))
}

/** Reads a file and verifies that it has not changed since it was hashed. */
async function* unchanged(file: ArchiveFile, source: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(source)) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== file.sha256)
    throw new GuardError('CONFIG_INVALID', `${source} changed while the bundle was written. Build it again.`)
}
