import type { KeyObject } from 'node:crypto'
import { type ArchiveVisitor, readArchive } from '@guardimesh/signature-format'
import { BUNDLE_FORM, type BundleFile, type BundleManifest } from './bundle-manifest.js'
import { OciTracker } from './oci-tracker.js'

/**
 * Reads a bundle once, in constant memory, and verifies that its images are complete.
 *
 * @param path the bundle, or one of its volumes.
 * @throws GuardError ARCHIVE_INVALID or CommandError with the reason; data that the visitor received must then be discarded.
 */
export async function readBundle(
  path: string,
  publicKey: KeyObject,
  visitor: ArchiveVisitor<BundleManifest> = {},
): Promise<BundleManifest> {
  let images: OciTracker | undefined
  const onList = async (manifest: BundleManifest) => {
    images = new OciTracker(manifest.images)
    await visitor.onList?.(manifest)
  }
  const onFile = async (file: BundleFile, chunks: AsyncIterable<Buffer>) => {
    const kept: Buffer[] | undefined = images?.wants(file) ? [] : undefined
    const pieces = keeping(chunks, kept)
    if (visitor.onFile) await visitor.onFile(file, pieces)
    // Content that the visitor did not read belongs to the image, too.
    while (!(await pieces.next()).done);
    if (kept) images?.take(file, Buffer.concat(kept))
  }
  const { list } = await readArchive({ path, form: BUNDLE_FORM, publicKeys: [publicKey] }, { onList, onFile })
  images?.finish()
  return list
}

async function* keeping(chunks: AsyncIterable<Buffer>, kept: Buffer[] | undefined): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    kept?.push(chunk)
    yield chunk
  }
}
