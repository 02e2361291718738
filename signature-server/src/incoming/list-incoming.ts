import type { Stats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { unlessMissing } from '@guardimesh/kit'
import type { SignatureKind } from '@guardimesh/signature-format'

/** Something in `incoming/` that was put there to be taken. */
export interface IncomingFile {
  /** Relative to `incoming/`. */
  readonly path: string
  readonly name: string
  readonly kind: SignatureKind
  /** False for links, devices, pipes, and folders that lie too deep; also when something of its companions is none. */
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
/** Leave to be older than the live one. */
const LEAVE_SUFFIX = '.allow-downgrade'
/** What belongs to the file whose name comes before: its checksum, and leave. */
export const COMPANION_SUFFIXES = ['.sha256', LEAVE_SUFFIX] as const
const COMPANION = /\.(sha256|allow-downgrade)$/

interface Entry {
  readonly path: string
  readonly stats: Stats
  readonly companions: readonly Omit<Entry, 'companions'>[]
}

/** Lists what was put in, in the order of the paths. Hidden files and `*.part` are still on their way, so they are left alone. */
export async function listIncoming(folder: string): Promise<IncomingFile[]> {
  const entries: Entry[] = []
  await walk(folder, '', 1, entries)
  return entries
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map(({ path, stats, companions }) => ({
      path,
      name: basename(path),
      kind: basename(dirname(path)) === 'yara' ? 'yara' : 'clamav',
      isRegular: [stats, ...companions.map((one) => one.stats)].every((one) => one.isFile()),
      sizeBytes: stats.size,
      stamp: [stampOf(stats), ...companions.map((one) => `${one.path} ${stampOf(one.stats)}`)].join(' '),
      mayBeOlder: companions.some((one) => one.path === path + LEAVE_SUFFIX),
    }))
}

async function walk(root: string, folder: string, depth: number, entries: Entry[]): Promise<void> {
  const names = new Set(await readdir(join(root, folder)))
  const look = async (name: string) => {
    const stats = await unlessMissing(lstat(join(root, folder, name)), undefined)
    return stats && { path: join(folder, name), stats }
  }
  for (const name of names) {
    if (entries.length >= MAX_ENTRIES) return
    // "lost+found" is made by the file system of a volume that is mounted right here. A checksum may come before its file.
    if (name.startsWith('.') || name.endsWith('.part') || name === 'lost+found' || COMPANION.test(name)) continue
    const found = await look(name)
    if (!found) continue
    if (found.stats.isDirectory() && depth < MAX_DEPTH) {
      await walk(root, found.path, depth + 1, entries)
      continue
    }
    const there = COMPANION_SUFFIXES.map((suffix) => name + suffix).filter((one) => names.has(one))
    const companions = (await Promise.all(there.map(look))).filter((one) => one !== undefined)
    entries.push({ ...found, companions })
  }
}

/** What of a file changes when it is written to. Pure. */
export function stampOf({ size, mtimeMs, ino }: Stats): string {
  return `${size}:${mtimeMs}:${ino}`
}
