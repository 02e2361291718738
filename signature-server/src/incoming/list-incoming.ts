import type { Stats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type SignatureKind, unlessMissing } from '@guardimesh/kit'

/** Something in `incoming/` that was put there to be taken. */
export interface IncomingFile {
  /** Relative to `incoming/`. */
  readonly path: string
  readonly name: string
  readonly kind: SignatureKind
  /** False for links, devices, pipes, and folders that lie too deep. */
  readonly isRegular: boolean
  readonly sizeBytes: number
  /** Changes when the file or what belongs to it does; begins with the file's own. */
  readonly stamp: string
  readonly mayBeOlder: boolean
}

/** Directly, in a folder, or in a folder of a folder: what `kubectl cp` makes of a folder with `clamav/` and `yara/`. */
const MAX_DEPTH = 3
/** More than a generation takes; the others come when these are gone. */
const MAX_ENTRIES = 1000
/** What belongs to the file whose name comes before: its checksum, and leave to be older than the live one. */
const COMPANION = /\.(sha256|allow-downgrade)$/
export const COMPANION_SUFFIXES = ['.sha256', '.allow-downgrade'] as const

interface Entry {
  readonly path: string
  readonly stats: Stats
}

/** Lists what was put in, in the order of the paths. Hidden files and `*.part` are still on their way, so they are left alone. */
export async function listIncoming(folder: string): Promise<IncomingFile[]> {
  const entries: Entry[] = []
  await walk(folder, '', 1, entries)
  const stamps = new Map(entries.map(({ path, stats }) => [path, stampOf(stats)]))
  return entries
    .filter(({ path }) => !COMPANION.test(path))
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map(({ path, stats }) => ({
      path,
      name: basename(path),
      kind: basename(dirname(path)) === 'yara' ? 'yara' : 'clamav',
      isRegular: stats.isFile(),
      sizeBytes: stats.size,
      stamp: [stamps.get(path), ...COMPANION_SUFFIXES.map((suffix) => stamps.get(path + suffix))].join(' '),
      mayBeOlder: stamps.has(`${path}.allow-downgrade`),
    }))
}

async function walk(root: string, folder: string, depth: number, entries: Entry[]): Promise<void> {
  for (const name of await readdir(join(root, folder))) {
    if (entries.length >= MAX_ENTRIES) return
    // "lost+found" is made by the file system of a volume that is mounted right here.
    if (name.startsWith('.') || name.endsWith('.part') || name === 'lost+found') continue
    const path = join(folder, name)
    const stats = await unlessMissing(lstat(join(root, path)), undefined)
    if (!stats) continue
    if (stats.isDirectory() && depth < MAX_DEPTH) await walk(root, path, depth + 1, entries)
    else entries.push({ path, stats })
  }
}

/** What of a file changes when it is written to. Pure. */
export function stampOf({ size, mtimeMs, ino }: Stats): string {
  return `${size}:${mtimeMs}:${ino}`
}
