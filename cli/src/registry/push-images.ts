import { readFile } from 'node:fs/promises'
import type { ImageTable } from '@guardimesh/contracts'
import { blobFile, type LayoutImage, readLayout } from '../bundle/oci-layout.js'
import type { Descriptor } from '../bundle/oci-tracker.js'
import { CommandError } from '../command-error.js'
import { formatBytes } from '../terminal/format.js'
import { pushBlob } from './push-blob.js'
import { queryManifest } from './query-manifest.js'
import { refusalOf } from './refusal.js'
import type { RegistryClient } from './registry-client.js'

/** Concurrent layers: more are not faster on one disk. */
const PARALLEL = 2

export interface PushOptions {
  readonly client: RegistryClient
  readonly layout: string
  readonly table: ImageTable
  readonly onProgress?: (doing: string) => void
}

/** The images that were sent, and those that existed. */
export interface LoadOutcome {
  readonly loaded: readonly string[]
  readonly existed: readonly string[]
}

/** Pushes all images to a registry, by digest and with the version as tag. Existing content is not sent again. */
export async function pushImages(options: PushOptions): Promise<LoadOutcome> {
  const loaded: string[] = []
  const existed: string[] = []
  const holders = new Map<string, string>()
  for (const image of await readLayout(options.layout, options.table)) {
    const repository = `${options.client.address.prefix}${image.name}`
    const isThere = await hasManifest(options.client, repository, image.top.digest)
    if (!isThere) await pushContent({ options, image, repository, holders })
    for (const { digest } of image.blobs) holders.set(digest, repository)
    await putManifest({ options, repository, descriptor: image.top, reference: options.table.version })
    const reference = `${options.client.address.host}/${repository}@${image.top.digest}`
    ;(isThere ? existed : loaded).push(reference)
  }
  return { loaded, existed }
}

interface ImagePush {
  readonly options: PushOptions
  readonly image: LayoutImage
  readonly repository: string
  /** Repository of the registry that has a blob, by digest. */
  readonly holders: ReadonlyMap<string, string>
}

async function pushContent({ options, image, repository, holders }: ImagePush): Promise<void> {
  const totalBytes = image.blobs.reduce((total, { size }) => total + size, 0)
  let sentBytes = 0
  const onSent = (sizeBytes: number) => {
    sentBytes += sizeBytes
    options.onProgress?.(`${image.name}: ${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`)
  }
  const waiting = [...image.blobs]
  const stop = new AbortController()
  const work = async () => {
    for (let blob = waiting.shift(); blob; blob = waiting.shift()) {
      const file = blobFile(options.layout, blob.digest)
      const { client } = options
      const mountFrom = holders.get(blob.digest)
      const result = await pushBlob({
        client,
        repository,
        digest: blob.digest,
        sizeBytes: blob.size,
        file,
        mountFrom,
        onSent,
        signal: stop.signal,
      })
      if (result !== 'sent') onSent(blob.size)
    }
  }
  const workers = Array.from({ length: PARALLEL }, work)
  try {
    await Promise.all(workers)
  } finally {
    // After a failure the other layer would be sent in vain, and delay the end of the program.
    stop.abort()
    await Promise.allSettled(workers)
  }
  for (const descriptor of image.manifests) await putManifest({ options, repository, descriptor, reference: descriptor.digest })
}

async function hasManifest(client: RegistryClient, repository: string, digest: string): Promise<boolean> {
  const answer = await queryManifest(client, scopeOf(repository), repository, digest)
  if (answer.status === 200) return true
  if (answer.status === 404) return false
  throw new CommandError(`${client.address.host} did not answer the query for ${repository} like an OCI registry: ${refusalOf(answer)}.`)
}

interface ManifestPush {
  readonly options: PushOptions
  readonly repository: string
  readonly descriptor: Descriptor
  /** Digest or tag. */
  readonly reference: string
}

async function putManifest({ options, repository, descriptor, reference }: ManifestPush): Promise<void> {
  const content = await readFile(blobFile(options.layout, descriptor.digest))
  const answer = await options.client.send(scopeOf(repository), {
    method: 'PUT',
    path: `/v2/${repository}/manifests/${reference}`,
    headers: { 'content-type': descriptor.mediaType, 'content-length': content.length },
    body: () => content,
  })
  if (answer.status !== 201)
    throw new CommandError(`${options.client.address.host} rejected the manifest of ${repository}: ${refusalOf(answer)}.`)
}

function scopeOf(repository: string): string {
  return `repository:${repository}:pull,push`
}
