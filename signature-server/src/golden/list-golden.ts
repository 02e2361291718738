import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { unlessMissing } from '@guardimesh/kit'

/** An image has a few thousand. */
const MAX_GOLDEN_FILES = 20_000
const MAX_DEPTH = 20

/** Files below folders that no signature may call infected, by path: no links; folders that are missing have none. */
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
    // A line of clamscan's list is a path.
    if (entry.isFile() && !path.includes('\n')) files.push(path)
    else if (entry.isDirectory() && depth < MAX_DEPTH) await walk(path, depth + 1, files)
  }
}
