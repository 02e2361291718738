import type { ImageTable } from '@guardimesh/contracts'
import { z } from 'zod'
import { CommandError } from '../command-error.js'
import { type BundleFile, IMAGES_FOLDER } from './bundle-manifest.js'

/** Registries reject larger manifests, too (4 MiB in the distribution registry). */
const DOCUMENT_MAX_BYTES = 4 * 1024 * 1024
const LAYOUT_FILE = `${IMAGES_FOLDER}/oci-layout`
const INDEX_FILE = `${IMAGES_FOLDER}/index.json`
const BLOB_PATTERN = new RegExp(`^${IMAGES_FOLDER}/blobs/sha256/([0-9a-f]{64})$`)

export const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json'
const MANIFEST_TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  INDEX_TYPE,
]

const Descriptor = z.object({
  mediaType: z.string().max(255),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  size: z.number().int().min(0),
})
export type Descriptor = z.infer<typeof Descriptor>

/** The descriptors of an image manifest or index. */
const OciDocument = z.object({
  manifests: z.array(Descriptor).max(1_000).optional(),
  config: Descriptor.optional(),
  layers: z.array(Descriptor).max(1_000).optional(),
})

/** Whether a media type is a manifest or an index. Pure. */
export function isManifest(descriptor: Pick<Descriptor, 'mediaType'>): boolean {
  return MANIFEST_TYPES.includes(descriptor.mediaType)
}

/** Returns the descriptors of a manifest or index in order. @throws CommandError when it is invalid. */
export function childrenOf(document: Buffer, name: string): Descriptor[] {
  const parsed = OciDocument.safeParse(parseJson(document))
  if (!parsed.success) throw new CommandError(`${name} is not an OCI manifest:\n${z.prettifyError(parsed.error)}`)
  const { manifests = [], config, layers = [] } = parsed.data
  return [...manifests, ...(config ? [config] : []), ...layers]
}

export function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`
}

/** Verifies the images of a bundle while it is read: each blob must be referenced by an earlier manifest, and each referenced blob must exist. */
export class OciTracker {
  readonly #announced = new Map<string, Descriptor>()
  readonly #tops = new Set<string>()
  readonly #seen = new Set<string>()
  readonly #table: ImageTable

  constructor(table: ImageTable) {
    this.#table = table
  }

  /** Whether `take` needs the content of this file. @throws CommandError when the file does not belong to an OCI layout. */
  wants(file: BundleFile): boolean {
    if (!file.path.startsWith(`${IMAGES_FOLDER}/`)) return false
    if (file.path === INDEX_FILE || file.path === LAYOUT_FILE) return checkSize(file)
    const digest = `sha256:${BLOB_PATTERN.exec(file.path)?.[1]}`
    const descriptor = this.#announced.get(digest)
    if (!descriptor) throw new CommandError(`${file.path} belongs to no image of the bundle: bundle rejected.`)
    if (digest !== `sha256:${file.sha256}` || descriptor.size !== file.sizeBytes)
      throw new CommandError(`${file.path} does not match its digest: bundle rejected.`)
    this.#seen.add(digest)
    return isManifest(descriptor) && checkSize(file)
  }

  take(file: BundleFile, content: Buffer): void {
    if (file.path === LAYOUT_FILE) return
    const children = childrenOf(content, file.path)
    for (const child of children) this.#announced.set(child.digest, child)
    if (file.path === INDEX_FILE) for (const { digest } of children) this.#tops.add(digest)
  }

  /** @throws CommandError when an image or one of its blobs is missing. */
  finish(): void {
    for (const [name, { digest }] of Object.entries(this.#table.images))
      if (!this.#tops.has(digest)) throw new CommandError(`The image ${name} (${digest}) is missing: bundle rejected.`)
    for (const digest of this.#announced.keys())
      if (!this.#seen.has(digest)) throw new CommandError(`The blob ${digest} of an image is missing: bundle rejected.`)
  }
}

function checkSize(file: BundleFile): true {
  if (file.sizeBytes > DOCUMENT_MAX_BYTES) throw new CommandError(`${file.path} is too large for a manifest: bundle rejected.`)
  return true
}

function parseJson(document: Buffer): unknown {
  try {
    return JSON.parse(document.toString('utf8'))
  } catch {
    return undefined
  }
}
