import type { Stats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { unlessMissing } from '@guardimesh/kit'
import type { SignatureKind } from '@guardimesh/signature-format'

/** A file in `incoming/` to import. */
export interface IncomingFile {
  /** Relative to `incoming/`. */
  readonly path: string
  readonly name: string
  readonly kind: SignatureKind
  /** False for links, devices, pipes and deeply nested folders, and for files with such a companion. */
  readonly isRegular: boolean
  readonly sizeBytes: number
  /** Changes with the file or its companions; starts with the stamp of the file itself. */
  readonly stamp: string
  readonly isDowngradeAllowed: boolean
}

/** Maximum folder depth. `kubectl cp` of a folder with `clamav/` and `yara/` creates two levels. */
const MAX_DEPTH = 3
/** Maximum number of files per listing, more than a generation holds. The rest follows in later listings. */
const MAX_ENTRIES = 1000
/** Suffix of the file that allows an older version to replace the current one. */
const ALLOW_DOWNGRADE_SUFFIX = '.allow-downgrade'
/** Suffixes of companion files: the checksum, and the permission to downgrade. */
const COMPANION_SUFFIXES = ['.sha256', ALLOW_DOWNGRADE_SUFFIX] as const
/** Suffixes of files that downloaders place next to a database and that are not verified, such as OpenPGP signatures. */
const IGNORED_SUFFIXES = ['.sig', '.asc', '.md5', '.sha1', '.sha512'] as const
/** Suffixes of all files that are moved or removed with the file that they belong to, and not imported themselves. */
export const ATTACHED_SUFFIXES = [...COMPANION_SUFFIXES, ...IGNORED_SUFFIXES] as const

interface Entry {
  readonly path: string
  readonly stats: Stats
  readonly companions: readonly Omit<Entry, 'companions'>[]
}

/** Lists the files to import, sorted by path. Ignores hidden files and `*.part`, which are still being copied. */
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
      isDowngradeAllowed: companions.some((one) => one.path === path + ALLOW_DOWNGRADE_SUFFIX),
    }))
}

async function walk(root: string, folder: string, depth: number, entries: Entry[]): Promise<void> {
  const names = new Set(await readdir(join(root, folder)))
  const stat = async (name: string) => {
    const stats = await unlessMissing(lstat(join(root, folder, name)), undefined)
    return stats && { path: join(folder, name), stats }
  }
  for (const name of names) {
    if (entries.length >= MAX_ENTRIES) return
    // "lost+found" exists in the root of a mounted file system. A checksum may arrive before its file.
    if (name.startsWith('.') || name.endsWith('.part') || name === 'lost+found' || isAttached(name)) continue
    const found = await stat(name)
    if (!found) continue
    if (found.stats.isDirectory() && depth < MAX_DEPTH) {
      await walk(root, found.path, depth + 1, entries)
      continue
    }
    const companionNames = COMPANION_SUFFIXES.map((suffix) => name + suffix).filter((one) => names.has(one))
    const companions = (await Promise.all(companionNames.map(stat))).filter((one) => one !== undefined)
    entries.push({ ...found, companions })
  }
}

function isAttached(name: string): boolean {
  return ATTACHED_SUFFIXES.some((suffix) => name.endsWith(suffix))
}

/** Returns a stamp that changes when the file is written. Pure. */
export function stampOf({ size, mtimeMs, ino }: Stats): string {
  return `${size}:${mtimeMs}:${ino}`
}
