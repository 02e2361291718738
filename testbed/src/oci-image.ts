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

export interface ImageOptions {
  /** Reference with a tag, such as "localhost/guardimesh/demo:1". */
  readonly name: string
  readonly files: readonly ImageEntry[]
  /** Files of further layers, the lowest first. ".wh.<name>" deletes a file of the layers below. Default: none. */
  readonly upperLayers?: readonly (readonly ImageEntry[])[]
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Path of the archive to write. */
  readonly archiveFile: string
}

/**
 * Writes an archive with one image: an OCI layout with Docker's manifest.json, which both `ctr images import` and `docker load`
 * accept.
 *
 * @returns the path of the archive.
 * Source: OCI image specification 1.0, image-layout.md, config.md; Docker image specification 1.2 for manifest.json.
 */
export async function buildImage(options: ImageOptions): Promise<string> {
  const layers = await Promise.all([options.files, ...(options.upperLayers ?? [])].map(layerOf))
  const config = jsonOf({
    created: EPOCH.toISOString(),
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Cmd: options.command, Env: Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value}`) },
    rootfs: { type: 'layers', diff_ids: layers.map(digestOf) },
    history: layers.map(() => ({ created: EPOCH.toISOString() })),
  })
  const manifest = jsonOf({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptorOf('application/vnd.oci.image.config.v1+json', config),
    layers: layers.map((layer) => descriptorOf('application/vnd.oci.image.layer.v1.tar', layer)),
  })
  const index = jsonOf({
    schemaVersion: 2,
    manifests: [
      {
        ...descriptorOf('application/vnd.oci.image.manifest.v1+json', manifest),
        annotations: { 'io.containerd.image.name': options.name, 'org.opencontainers.image.ref.name': tagOf(options.name) },
      },
    ],
  })
  const archive = pack()
  for (const blob of [...layers, config, manifest]) addFile(archive, blobPath(blob), blob)
  addFile(archive, 'oci-layout', jsonOf({ imageLayoutVersion: '1.0.0' }))
  addFile(archive, 'index.json', index)
  addFile(archive, 'manifest.json', jsonOf([{ Config: blobPath(config), RepoTags: [options.name], Layers: layers.map(blobPath) }]))
  archive.finalize()
  await pipeline(archive, createWriteStream(options.archiveFile))
  return options.archiveFile
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

function addFile(archive: Pack, name: string, content: Buffer): void {
  archive.entry({ name, mtime: EPOCH, mode: 0o644 }, content)
}

function jsonOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

function blobPath(content: Buffer): string {
  return `blobs/${digestOf(content).replace(':', '/')}`
}

function descriptorOf(mediaType: string, content: Buffer): { mediaType: string; digest: string; size: number } {
  return { mediaType, digest: digestOf(content), size: content.length }
}

function tagOf(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}
