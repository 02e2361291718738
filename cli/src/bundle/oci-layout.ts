import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageName, ImageTable } from '@guardimesh/contracts'
import { CommandError } from '../command-error.js'
import { blobPath, childrenOf, type Descriptor, isManifest } from './oci-tracker.js'

/** A manifest or index with the path of its content. */
export interface LayoutImage {
  readonly name: ImageName
  /** Descriptor of the manifest, or of the index of several architectures. */
  readonly top: Descriptor
  /** Manifests and indexes in the order that a registry requires, referenced ones first. The last one is `top`. */
  readonly manifests: readonly Descriptor[]
  /** Configurations and layers without duplicates. */
  readonly blobs: readonly Descriptor[]
}

/** Reads the manifests and blobs of the images in a verified OCI layout. @throws CommandError when one is missing. */
export async function readLayout(layout: string, table: ImageTable): Promise<LayoutImage[]> {
  const tops = childrenOf(await readFile(join(layout, 'index.json')), 'index.json')
  const names = Object.keys(table.images) as ImageName[]
  return Promise.all(
    names.map(async (name) => {
      const top = tops.find(({ digest }) => digest === table.images[name].digest)
      if (!top) throw new CommandError(`The image ${name} is not among the unpacked images.`)
      const manifests: Descriptor[] = []
      const blobs = new Map<string, Descriptor>()
      await walk({ layout, manifests, blobs }, top)
      return { name, top, manifests, blobs: [...blobs.values()] }
    }),
  )
}

/** Returns the path of a blob in a layout. Pure. */
export function blobFile(layout: string, digest: string): string {
  return join(layout, blobPath(digest))
}

interface Walk {
  readonly layout: string
  readonly manifests: Descriptor[]
  readonly blobs: Map<string, Descriptor>
}

async function walk(found: Walk, descriptor: Descriptor): Promise<void> {
  const document = await readFile(blobFile(found.layout, descriptor.digest))
  for (const child of childrenOf(document, descriptor.digest)) {
    if (isManifest(child)) await walk(found, child)
    else found.blobs.set(child.digest, child)
  }
  found.manifests.push(descriptor)
}
