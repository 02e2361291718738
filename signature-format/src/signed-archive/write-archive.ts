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

/** A file on this machine and where it goes in the archive. */
export interface SourceFile {
  readonly path: string
  readonly source: string
}

export interface WriteOptions<List extends ArchiveList> {
  readonly form: ArchiveForm<List>
  /** In the order of the archive. */
  readonly sources: readonly SourceFile[]
  /** Makes the list of what was hashed: what goes into it as JSON. */
  readonly listOf: (files: readonly ArchiveFile[]) => unknown
  /** Path of the archive for what is in its list. */
  readonly pathOf: (list: List) => string
  readonly privateKey: KeyObject
  readonly volumeSizeBytes: number
  /** Told the path of each file when it is begun. */
  readonly onProgress?: ((doing: string) => void) | undefined
}

export interface WrittenArchive<List extends ArchiveList> {
  readonly list: List
  /** Its files, in order. */
  readonly volumes: readonly string[]
}

/**
 * Makes a signed archive: twice over all files (hashes first, as they stand at its beginning), in constant memory. The same list gives the same
 * bytes.
 *
 * @throws GuardError ARCHIVE_INVALID when a reader would refuse its list, CONFIG_INVALID when a file is missing or changes meanwhile.
 */
export async function writeArchive<List extends ArchiveList>(options: WriteOptions<List>): Promise<WrittenArchive<List>> {
  const files: ArchiveFile[] = []
  for (const { path, source } of options.sources) {
    options.onProgress?.(`hash ${path}`)
    files.push({ path, ...(await hashOf(source)) })
  }
  const bytes = Buffer.from(`${JSON.stringify(options.listOf(files), null, 2)}\n`)
  // What a reader would refuse must not be made.
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
    throw new GuardError('CONFIG_INVALID', `A part of the bundle is missing: ${messageOf(error)}.`, {}, { cause: error })
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

/** The content of a file that must still be what was hashed. */
async function* unchanged(file: ArchiveFile, source: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(source)) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== file.sha256)
    throw new GuardError('CONFIG_INVALID', `${source} changed while the bundle was made: build it again.`)
}
