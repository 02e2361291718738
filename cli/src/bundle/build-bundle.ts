import { createHash, type KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'
import {
  type BundleFile,
  type BundleManifest,
  bundleName,
  MANIFEST_PATH,
  modeOf,
  parseBundleManifest,
  SIGNATURE_PATH,
} from './bundle-manifest.js'
import { type BundleInputs, collectFiles, type SourceFile, sizeOf } from './collect-files.js'
import { compress } from './compression.js'
import { parseImageTable } from './read-chart.js'
import { signManifest } from './signing-key.js'
import { paddingBytes, TAR_END, tarHeader } from './tar-format.js'
import { VolumeWriter } from './volumes.js'

export interface BuildOptions extends BundleInputs {
  readonly privateKey: KeyObject
  readonly volumeSizeBytes: number
  readonly outputFolder: string
  /** Told the path of each file when it is begun. */
  readonly onProgress?: (doing: string) => void
}

export interface BuiltBundle {
  readonly manifest: BundleManifest
  /** The bundle's files, in order. */
  readonly volumes: readonly string[]
}

/**
 * Makes a bundle: twice over all files (hashes first, as they stand at its beginning), in constant memory. The same parts give the same bytes.
 *
 * @throws CommandError when parts are missing, do not belong together, or change meanwhile.
 */
export async function buildBundle(options: BuildOptions): Promise<BuiltBundle> {
  const tableFile = join(options.imagesFolder, 'images.json')
  const tableText = await readFile(tableFile, 'utf8').catch((error: unknown) => {
    throw new CommandError(`The table of the images cannot be read: ${messageOf(error)}. Build the images first.`)
  })
  const images = parseImageTable(tableText, tableFile)
  const { files: sources, architecture } = await collectFiles(options, images)
  const files: BundleFile[] = []
  for (const source of sources) {
    options.onProgress?.(`hash ${source.path}`)
    files.push({ path: source.path, sizeBytes: await sizeOf(source.source), sha256: await hashOf(source.source) })
  }
  const manifestBytes = Buffer.from(`${JSON.stringify({ format: 1, version: images.version, architecture, images, files }, null, 2)}\n`)
  // What a reader would refuse must not be made.
  const manifest = parseBundleManifest(manifestBytes)
  await mkdir(options.outputFolder, { recursive: true })
  const writer = new VolumeWriter(join(options.outputFolder, bundleName(manifest)), options.volumeSizeBytes)
  try {
    for await (const chunk of compress(archive({ manifestBytes, files, sources, options }))) await writer.write(chunk)
    return { manifest, volumes: await writer.finish() }
  } catch (error) {
    await writer.abort()
    throw error
  }
}

interface ArchiveParts {
  readonly manifestBytes: Buffer
  readonly files: readonly BundleFile[]
  readonly sources: readonly SourceFile[]
  readonly options: BuildOptions
}

async function* archive({ manifestBytes, files, sources, options }: ArchiveParts): AsyncGenerator<Buffer> {
  yield* smallFile(MANIFEST_PATH, manifestBytes)
  yield* smallFile(SIGNATURE_PATH, signManifest(manifestBytes, options.privateKey))
  for (const [index, file] of files.entries()) {
    options.onProgress?.(`pack ${file.path}`)
    yield tarHeader({ path: file.path, sizeBytes: file.sizeBytes, mode: modeOf(file.path) })
    yield* unchanged(file, sources[index]?.source ?? '')
    yield Buffer.alloc(paddingBytes(file.sizeBytes))
  }
  yield TAR_END
}

function* smallFile(path: string, content: Buffer): Generator<Buffer> {
  yield tarHeader({ path, sizeBytes: content.length, mode: modeOf(path) })
  yield content
  yield Buffer.alloc(paddingBytes(content.length))
}

/** The content of a file that must still be what was hashed. */
async function* unchanged(file: BundleFile, source: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(source)) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== file.sha256) throw new CommandError(`${source} changed while the bundle was made: build it again.`)
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
