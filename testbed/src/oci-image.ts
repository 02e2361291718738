import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type Pack, pack } from 'tar-stream'

/** A fixed time makes images reproducible. */
const EPOCH = new Date(0)

/** An entry of an image at an absolute path. Parent folders are created. */
export type ImageEntry =
  | { readonly path: string; readonly content: Buffer | string; readonly mode: number }
  | { readonly path: string; readonly folderMode: number }
  | { readonly path: string; readonly linkTo: string }

export interface ImageContent {
  /** Reference with a tag, such as "localhost/guardimesh/demo:1". */
  readonly name: string
  readonly files: readonly ImageEntry[]
  /** Files of further layers, the lowest first. ".wh.<name>" deletes a file of the layers below. Default: none. */
  readonly upperLayers?: readonly (readonly ImageEntry[])[]
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export interface ImageOptions extends ImageContent {
  /** Path of the archive to write. */
  readonly archiveFile: string
}

/** An image in an archive. */
export interface BuiltImage {
  readonly name: string
  /** Diff ids, the lowest first. */
  readonly layers: readonly string[]
}

/** Writes an archive with one image. @returns the path of the archive. */
export async function buildImage({ archiveFile, ...image }: ImageOptions): Promise<string> {
  await buildImages([image], archiveFile)
  return archiveFile
}

/**
 * Writes an archive with images: an OCI layout with Docker's manifest.json, which both `ctr images import` and `docker load` accept. Only the
 * current image is in memory. Images whose `files` or layers are the same array share the layer.
 *
 * Source: OCI image specification 1.0, image-layout.md, config.md; Docker image specification 1.2 for manifest.json.
 */
export async function buildImages(
  images: Iterable<ImageContent> | AsyncIterable<ImageContent>,
  archiveFile: string,
): Promise<BuiltImage[]> {
  const archive = pack()
  const [built] = await Promise.all([fillArchive(archive, images), pipeline(archive, createWriteStream(archiveFile))])
  return built
}

async function fillArchive(archive: Pack, images: Iterable<ImageContent> | AsyncIterable<ImageContent>): Promise<BuiltImage[]> {
  try {
    const blobs = new BlobWriter(archive)
    const stored: StoredImage[] = []
    for await (const image of images) stored.push(await storeImage(blobs, image))
    await addFile(archive, 'oci-layout', jsonOf({ imageLayoutVersion: '1.0.0' }))
    await addFile(archive, 'index.json', jsonOf({ schemaVersion: 2, manifests: stored.map(({ index }) => index) }))
    await addFile(archive, 'manifest.json', jsonOf(stored.map(({ docker }) => docker)))
    archive.finalize()
    return stored.map(({ built }) => built)
  } catch (error) {
    // Ends the pipeline, too.
    archive.destroy(error as Error)
    throw error
  }
}

interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

interface StoredImage {
  readonly built: BuiltImage
  /** Entry of index.json. */
  readonly index: object
  /** Entry of manifest.json. */
  readonly docker: object
}

/** Writes blobs to an archive, each once. */
class BlobWriter {
  readonly #archive: Pack
  readonly #digests = new Set<string>()
  readonly #layers = new WeakMap<readonly ImageEntry[], Descriptor>()

  constructor(archive: Pack) {
    this.#archive = archive
  }

  async add(mediaType: string, content: Buffer): Promise<Descriptor> {
    const descriptor = { mediaType, digest: digestOf(content), size: content.length }
    if (!this.#digests.has(descriptor.digest)) await addFile(this.#archive, blobPath(descriptor), content)
    this.#digests.add(descriptor.digest)
    return descriptor
  }

  async addLayer(entries: readonly ImageEntry[]): Promise<Descriptor> {
    const layer = this.#layers.get(entries) ?? (await this.add('application/vnd.oci.image.layer.v1.tar', await layerOf(entries)))
    this.#layers.set(entries, layer)
    return layer
  }
}

async function storeImage(blobs: BlobWriter, { name, files, upperLayers = [], command, env = {} }: ImageContent): Promise<StoredImage> {
  const layers: Descriptor[] = []
  for (const entries of [files, ...upperLayers]) layers.push(await blobs.addLayer(entries))
  const diffIds = layers.map(({ digest }) => digest)
  const configuration = {
    created: EPOCH.toISOString(),
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Cmd: command, Env: Object.entries(env).map(([key, value]) => `${key}=${value}`) },
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: layers.map(() => ({ created: EPOCH.toISOString() })),
  }
  const config = await blobs.add('application/vnd.oci.image.config.v1+json', jsonOf(configuration))
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  const manifest = await blobs.add(mediaType, jsonOf({ schemaVersion: 2, mediaType, config, layers }))
  const annotations = { 'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': tagOf(name) }
  return {
    built: { name, layers: diffIds },
    index: { ...manifest, annotations },
    docker: { Config: blobPath(config), RepoTags: [name], Layers: layers.map(blobPath) },
  }
}

/** Packs the files of an image as a tar archive owned by root, folders first. */
async function layerOf(entries: readonly ImageEntry[]): Promise<Buffer> {
  const layer = pack()
  const common = { mtime: EPOCH, uid: 0, gid: 0 }
  for (const name of missingFolders(entries)) layer.entry({ ...common, name, type: 'directory', mode: 0o755 })
  for (const entry of entries) {
    const name = entry.path.slice(1)
    if ('linkTo' in entry) layer.entry({ ...common, name, type: 'symlink', linkname: entry.linkTo })
    else if ('folderMode' in entry) layer.entry({ ...common, name, type: 'directory', mode: entry.folderMode })
    else layer.entry({ ...common, name, mode: entry.mode }, Buffer.from(entry.content))
  }
  layer.finalize()
  return buffer(layer)
}

/** Lists the parent folders of all entries that are not entries themselves, parents first. */
function missingFolders(entries: readonly ImageEntry[]): string[] {
  const given = new Set(entries.map((entry) => entry.path.slice(1)))
  const above = entries.flatMap((entry) => {
    const parts = entry.path.slice(1).split('/').slice(0, -1)
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
  })
  return [...new Set(above)].filter((folder) => !given.has(folder)).sort()
}

/** Resolves once the file has been written, so that the archive is not kept in memory. */
function addFile(archive: Pack, name: string, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry({ name, mtime: EPOCH, mode: 0o644 }, content, () => resolve()).on('error', reject)
  })
}

function jsonOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

function blobPath({ digest }: Descriptor): string {
  return `blobs/${digest.replace(':', '/')}`
}

function tagOf(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}
