import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'

export type TreeEntry =
  | { readonly kind: 'file'; readonly mode: number; readonly content: Buffer | { readonly path: string } }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'folder'; readonly mode: number }

/** What a layer holds, by absolute path. Everything belongs to root; folders above an entry need no entry of their own. */
export type FileTree = Map<string, TreeEntry>

/** Where Debian's packages still put files, and where they are since the merge of these folders into /usr. */
const MERGED_FOLDERS = ['bin', 'sbin', 'lib', 'lib64']
const MERGED = new RegExp(`^/(${MERGED_FOLDERS.join('|')})(?=/|$)`)

/** "/lib/x" is "/usr/lib/x". Pure. @param path absolute. */
export function mergedPath(path: string): string {
  return path.replace(MERGED, '/usr/$1')
}

/** The links that make the old paths work. Pure. */
export function mergedFolderLinks(): FileTree {
  return new Map(MERGED_FOLDERS.map((name) => [`/${name}`, { kind: 'link', target: `usr/${name}` }]))
}

/** The absolute path that a link at `path` means. Pure. */
export function linkTarget(path: string, target: string): string {
  return mergedPath(posix.resolve(posix.dirname(path), target))
}

/** Content of a file in a tree. */
export async function contentOf(entry: Extract<TreeEntry, { kind: 'file' }>): Promise<Buffer> {
  return Buffer.isBuffer(entry.content) ? entry.content : readFile(entry.content.path)
}

/** A text as a file that everybody may read. Pure. */
export function textFile(text: string, mode = 0o644): TreeEntry {
  return { kind: 'file', mode, content: Buffer.from(text) }
}

/**
 * Everything below a folder of this machine, as files that root owns and everybody may read. Only "may it be run" is kept of the modes:
 * the rest depends on who checked the files out.
 *
 * @param at where the folder lies in the image.
 * @param isWanted by path relative to the folder; a folder that is not wanted is not entered.
 */
export async function treeOfFolder(folder: string, at: string, isWanted: (path: string) => boolean = () => true): Promise<FileTree> {
  const tree: FileTree = new Map()
  const enter = async (relative: string): Promise<void> => {
    for (const entry of await readdir(join(folder, relative), { withFileTypes: true })) {
      const path = posix.join(relative, entry.name)
      if (!isWanted(path)) continue
      if (entry.isDirectory()) await enter(path)
      else tree.set(posix.join(at, path), await entryOf(join(folder, path), entry.isSymbolicLink()))
    }
  }
  await enter('')
  return tree
}

async function entryOf(path: string, isLink: boolean): Promise<TreeEntry> {
  if (isLink) return { kind: 'link', target: await readlink(path) }
  const { mode } = await stat(path)
  return { kind: 'file', mode: (mode & 0o111) === 0 ? 0o644 : 0o755, content: { path } }
}

/** All entries of the trees; later ones replace earlier ones. Pure. */
export function mergeTrees(...trees: readonly FileTree[]): FileTree {
  return new Map(trees.flatMap((tree) => [...tree]))
}
