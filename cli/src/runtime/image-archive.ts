import { createReadStream } from 'node:fs'
import { mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { paddingBytes, TAR_END, tarHeader } from '@guardimesh/signature-format'
import { blobFile, type LayoutImage } from '../bundle/oci-layout.js'
import { blobPath } from '../bundle/oci-tracker.js'

const MODE = 0o644
const LAYOUT = { imageLayoutVersion: '1.0.0' }
/** Annotation with the name of an image for containerd. Source: containerd, images/annotations.go. */
const NAME_ANNOTATION = 'io.containerd.image.name'

/** Streams an OCI archive of one image with several names from a layout. */
export function imageArchive(layout: string, image: LayoutImage, names: readonly string[]): Readable {
  return Readable.from(archive(layout, image, names), { objectMode: false })
}

/** Creates a layout with one image of another, for programs that cannot select by digest. The caller removes it. @returns its folder. */
export async function layoutOfOne(layout: string, image: LayoutImage): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guardimesh-image-'))
  await symlink(resolve(layout, 'blobs'), join(folder, 'blobs'))
  await writeFile(join(folder, 'oci-layout'), JSON.stringify(LAYOUT))
  await writeFile(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [image.top] }))
  return folder
}

async function* archive(layout: string, image: LayoutImage, names: readonly string[]): AsyncGenerator<Buffer> {
  yield* smallFile('oci-layout', LAYOUT)
  const manifests = names.map((name) => ({ ...image.top, annotations: { [NAME_ANNOTATION]: name } }))
  yield* smallFile('index.json', { schemaVersion: 2, manifests })
  for (const { digest, size } of [...image.manifests, ...image.blobs]) {
    yield tarHeader({ path: blobPath(digest), sizeBytes: size, mode: MODE })
    yield* createReadStream(blobFile(layout, digest))
    yield Buffer.alloc(paddingBytes(size))
  }
  yield TAR_END
}

function* smallFile(path: string, value: unknown): Generator<Buffer> {
  const content = Buffer.from(JSON.stringify(value))
  yield tarHeader({ path, sizeBytes: content.length, mode: MODE })
  yield content
  yield Buffer.alloc(paddingBytes(content.length))
}
