import { gzipSync } from 'node:zlib'
import { contentOf, type FileTree } from './file-tree.js'

/** Smaller files fit into one packet without compression. */
const MIN_BYTES = 1024
const TEXTS = /\.(js|css|svg|json|txt)$/

/**
 * Creates compressed copies ("x.js.gz") of the text files in a folder.
 *
 * @param folder absolute path in the tree.
 */
export async function compressedCopies(tree: FileTree, folder: string): Promise<FileTree> {
  const copies: FileTree = new Map()
  for (const [path, entry] of tree) {
    if (!path.startsWith(`${folder}/`) || !TEXTS.test(path) || entry.kind !== 'file') continue
    const content = await contentOf(entry)
    if (content.length >= MIN_BYTES) copies.set(`${path}.gz`, { kind: 'file', mode: 0o644, content: gzipSync(content, { level: 9 }) })
  }
  return copies
}
