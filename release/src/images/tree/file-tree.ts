import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'

export type TreeEntry =
  | { readonly kind: 'file'; readonly mode: number; readonly content: Buffer | { readonly path: string } }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'folder'; readonly mode: number }

/** Content of a layer by absolute path. Root owns all entries; parent folders need no entry. */
export type FileTree = Map<string, TreeEntry>

/** Folders in Debian's packages, and their location since Debian merged them into /usr. */
const MERGED_FOLDERS = ['bin', 'sbin', 'lib', 'lib64']
const MERGED = new RegExp(`^/(${MERGED_FOLDERS.join('|')})(?=/|$)`)

/** Converts a path to its location in /usr: "/lib/x" to "/usr/lib/x". Pure. @param path absolute. */
export function mergedPath(path: string): string {
  return path.replace(MERGED, '/usr/$1')
}

/** Returns the links from the old paths. Pure. */
export function mergedFolderLinks(): FileTree {
  return new Map(MERGED_FOLDERS.map((name) => [`/${name}`, { kind: 'link', target: `usr/${name}` }]))
}

/** Returns the absolute target of a link at `path`. Pure. */
export function linkTarget(path: string, target: string): string {
  return mergedPath(posix.resolve(posix.dirname(path), target))
}

/** Reads the content of a file in a tree. */
export async function contentOf(entry: Extract<TreeEntry, { kind: 'file' }>): Promise<Buffer> {
  return Buffer.isBuffer(entry.content) ? entry.content : readFile(entry.content.path)
}

/** Creates a world-readable text file. Pure. */
export function textFile(text: string, mode = 0o644): TreeEntry {
  return { kind: 'file', mode, content: Buffer.from(text) }
}

/**
 * Reads all files below a folder of this machine, as world-readable files of root. Of the modes, only execute permission is kept: the
 * others depend on the umask of the checkout.
 *
 * @param at path of the folder in the image.
 * @param isWanted filters by the path relative to the folder; rejected folders are not read.
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

/** Merges trees; later entries replace earlier ones. Pure. */
export function mergeTrees(...trees: readonly FileTree[]): FileTree {
  return new Map(trees.flatMap((tree) => [...tree]))
}
