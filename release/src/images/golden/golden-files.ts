import { createHash } from 'node:crypto'
import type { ImageName } from '@guardimesh/contracts'
import { contentOf, type FileTree, type TreeEntry } from '../tree/file-tree.js'

type File = Extract<TreeEntry, { kind: 'file' }>

/** A file of an image that no signature may match. */
export interface GoldenFile {
  readonly image: ImageName
  /** Absolute path in that image. */
  readonly path: string
  readonly entry: File
}

/**
 * Selects programs, libraries, scripts and the console's JavaScript of images, each content once, except content of the image itself. The
 * JavaScript of the Node programs is excluded: its 7,700 files would extend every import by 20 s, all other files need 1 s.
 *
 * @param own content of the image itself.
 * @param others other images; content that several have is attributed to the first one.
 */
export async function chooseGolden(own: FileTree, others: ReadonlyMap<ImageName, FileTree>): Promise<GoldenFile[]> {
  const digests = new Digests()
  const seen = new Set<string>()
  for (const entry of own.values()) if (entry.kind === 'file') seen.add(await digests.of(entry))
  const chosen: GoldenFile[] = []
  for (const [image, tree] of others)
    for (const [path, entry] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (entry.kind !== 'file' || !(await isGolden(path, entry))) continue
      const digest = await digests.of(entry)
      if (!seen.has(digest)) chosen.push({ image, path, entry })
      seen.add(digest)
    }
  return chosen
}

async function isGolden(path: string, entry: File): Promise<boolean> {
  if (path.endsWith('.js')) return !path.startsWith('/app/')
  const head = (await contentOf(entry)).toString('latin1', 0, 4)
  return head === '\x7fELF' || (head.startsWith('#!') && (entry.mode & 0o111) !== 0)
}

/** Computes the SHA-256 of contents; shared files are read once. */
class Digests {
  readonly #known = new Map<Buffer | string, string>()

  async of({ content }: File): Promise<string> {
    const key = Buffer.isBuffer(content) ? content : content.path
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const digest = createHash('sha256')
      .update(await contentOf({ kind: 'file', mode: 0, content }))
      .digest('hex')
    this.#known.set(key, digest)
    return digest
  }
}
