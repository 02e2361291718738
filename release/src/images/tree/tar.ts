import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { extract, type Pack, pack } from 'tar-stream'
import { contentOf, type FileTree, mergedPath, type TreeEntry } from './file-tree.js'

/** Fixed modification time, for reproducible archives. */
const EPOCH = new Date(0)

/**
 * Packs a tree as a reproducible tar archive: sorted, with one time and one owner, parent folders first.
 */
export function tarOf(tree: FileTree): AsyncIterable<Buffer> {
  const archive = pack()
  addAll(archive, withFolders(tree)).then(
    () => archive.finalize(),
    (error: Error) => archive.destroy(error),
  )
  return archive as AsyncIterable<Buffer>
}

async function addAll(archive: Pack, entries: readonly (readonly [string, TreeEntry])[]): Promise<void> {
  for (const [path, entry] of entries) {
    const header = { name: path.slice(1), mtime: EPOCH, uid: 0, gid: 0, mode: entry.kind === 'link' ? 0o777 : entry.mode }
    const content = entry.kind === 'file' ? await contentOf(entry) : ''
    await new Promise<void>((resolve, reject) => {
      const isDone = (error?: Error | null) => (error ? reject(error) : resolve())
      if (entry.kind === 'folder') archive.entry({ ...header, type: 'directory' }, isDone)
      else if (entry.kind === 'link') archive.entry({ ...header, type: 'symlink', linkname: entry.target }, isDone)
      else archive.entry(header, content, isDone)
    })
  }
}

/** Sorts entries and adds their parent folders. Pure. */
function withFolders(tree: FileTree): [string, TreeEntry][] {
  const all = new Map<string, TreeEntry>(tree)
  for (const path of tree.keys())
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end)
      if (!all.has(folder)) all.set(folder, { kind: 'folder', mode: 0o755 })
    }
  // By code units: the order must not depend on the locale of the machine.
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1))
}

/**
 * Reads the files and links of a Debian archive, by their path after the merge into /usr. Folders and devices are skipped; hard links become
 * copies.
 *
 * @throws Error when the archive is truncated, or a hard link precedes its file.
 */
export async function readTar(archive: Readable): Promise<FileTree> {
  const tree: FileTree = new Map()
  const entries = archive.pipe(extract())
  archive.on('error', (error) => entries.destroy(error))
  for await (const entry of entries) {
    const { name, type, mode = 0o644, linkname } = entry.header
    const path = mergedPath(`/${name.replace(/^\.?\//, '')}`)
    const content = await buffer(entry)
    if (type === 'file') tree.set(path, { kind: 'file', mode: mode & 0o777, content })
    else if (type === 'symlink') tree.set(path, { kind: 'link', target: linkname ?? '' })
    else if (type === 'link') tree.set(path, hardLinked(tree, path, linkname ?? ''))
  }
  return tree
}

function hardLinked(tree: FileTree, path: string, name: string): TreeEntry {
  const entry = tree.get(mergedPath(`/${name.replace(/^\.?\//, '')}`))
  if (!entry) throw new Error(`${path} is a hard link to ${name}, which does not precede it in the archive`)
  return entry
}
