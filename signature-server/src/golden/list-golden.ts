import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { unlessMissing } from '@guardimesh/kit'

/** Maximum number of golden files. A container image has a few thousand. */
const MAX_GOLDEN_FILES = 20_000
const MAX_DEPTH = 20

/** Lists the regular files of the golden set by path. Ignores links and missing folders. */
export async function listGolden(folders: readonly string[]): Promise<readonly string[]> {
  const files: string[] = []
  for (const folder of folders) await walk(folder, 0, files)
  return [...new Set(files)]
}

async function walk(folder: string, depth: number, files: string[]): Promise<void> {
  const entries: Dirent[] = await unlessMissing(readdir(folder, { withFileTypes: true }), [])
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (files.length >= MAX_GOLDEN_FILES) return
    const path = join(folder, entry.name)
    // clamscan's file list has one path per line.
    if (entry.isFile() && !path.includes('\n')) files.push(path)
    else if (entry.isDirectory() && depth < MAX_DEPTH) await walk(path, depth + 1, files)
  }
}
