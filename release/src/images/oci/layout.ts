import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { FileTree } from '../tree/file-tree.js'
import { tarOf } from '../tree/tar.js'

const MEDIA = 'application/vnd.oci.image'
const INDEX_TYPE = `${MEDIA}.index.v1+json`
const MANIFEST_TYPE = `${MEDIA}.manifest.v1+json`
const CONFIG_TYPE = `${MEDIA}.config.v1+json`
const LAYER_TYPE = `${MEDIA}.layer.v1.tar+gzip`

export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly annotations?: Readonly<Record<string, string>>
}

/** A layer in a layout. */
export interface Layer {
  /** Digest of the archive before compression. */
  readonly diffId: string
  readonly descriptor: Descriptor
}

/**
 * Writes an OCI image layout. Blobs that several images share are stored once.
 *
 * Source: OCI image specification 1.1, image-layout.md, manifest.md, config.md.
 */
export class OciLayout {
  readonly #folder: string
  readonly #known: ReadonlyMap<string, Layer>
  readonly #earlierFolder: string
  readonly #manifests: Descriptor[] = []

  private constructor(folder: string, earlierFolder: string, known: ReadonlyMap<string, Layer>) {
    this.#folder = folder
    this.#earlierFolder = earlierFolder
    this.#known = known
  }

  /**
   * @param folder must not exist.
   * @param earlierFolder layout of the previous build, whose layers are reused; may not exist.
   */
  static async create(folder: string, earlierFolder: string): Promise<OciLayout> {
    await mkdir(join(folder, 'blobs/sha256'), { recursive: true })
    return new OciLayout(folder, earlierFolder, await layersIn(earlierFolder))
  }

  /** Adds a tree as a compressed layer. The same tree always results in the same blob. */
  async addLayer(tree: FileTree): Promise<Layer> {
    const diffId = await digestOf(tarOf(tree))
    const known = this.#known.get(diffId)
    if (known) {
      await copyFile(blobPath(this.#earlierFolder, known.descriptor.digest), blobPath(this.#folder, known.descriptor.digest))
      return known
    }
    const draft = join(this.#folder, `layer-${diffId.slice('sha256:'.length)}`)
    await pipeline(tarOf(tree), createGzip(), createWriteStream(draft))
    const digest = await digestOf(createReadStream(draft))
    const { size } = await stat(draft)
    await rename(draft, blobPath(this.#folder, digest))
    return { diffId, descriptor: { mediaType: LAYER_TYPE, digest, size } }
  }

  /**
   * Adds an image.
   *
   * @param name name with a tag, by which readers of the layout find the image.
   * @param config configuration of the image, to which the list of layers is added.
   * @returns the digest of its manifest.
   */
  async addImage(name: string, config: Readonly<Record<string, unknown>>, layers: readonly Layer[]): Promise<string> {
    const rootfs = { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) }
    const configDescriptor = await this.#addJson(CONFIG_TYPE, { ...config, rootfs })
    const manifest = {
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: configDescriptor,
      layers: layers.map(({ descriptor }) => descriptor),
    }
    const descriptor = await this.#addJson(MANIFEST_TYPE, manifest)
    const annotations = { 'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': name }
    this.#manifests.push({ ...descriptor, annotations })
    return descriptor.digest
  }

  /** Writes the list of images, which completes the layout. */
  async finish(): Promise<void> {
    await writeFile(join(this.#folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }))
    await writeFile(
      join(this.#folder, 'index.json'),
      JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE, manifests: this.#manifests }),
    )
  }

  async #addJson(mediaType: string, value: unknown): Promise<Descriptor> {
    const content = Buffer.from(JSON.stringify(value))
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`
    await writeFile(blobPath(this.#folder, digest), content)
    return { mediaType, digest, size: content.length }
  }
}

/** Reads the layers of all images in a layout, by the digest before compression; none when the layout does not exist. */
async function layersIn(folder: string): Promise<Map<string, Layer>> {
  const layers = new Map<string, Layer>()
  const index = await readJson<{ manifests: Descriptor[] }>(join(folder, 'index.json')).catch(() => undefined)
  for (const { digest } of index?.manifests ?? []) {
    const manifest = await readJson<{ config: Descriptor; layers: Descriptor[] }>(blobPath(folder, digest))
    const { rootfs } = await readJson<{ rootfs: { diff_ids: string[] } }>(blobPath(folder, manifest.config.digest))
    for (const [at, diffId] of rootfs.diff_ids.entries()) {
      const descriptor = manifest.layers[at]
      if (descriptor) layers.set(diffId, { diffId, descriptor })
    }
  }
  return layers
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T
}

function blobPath(folder: string, digest: string): string {
  return join(folder, 'blobs', digest.replace(':', '/'))
}

async function digestOf(content: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of content) hash.update(chunk)
  return `sha256:${hash.digest('hex')}`
}
